"""What a test can do with one page of a browser that Playwright does not drive."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

HAND = (Path(__file__).parent / "hand.js").read_text("utf-8")
ENTER = "\ue007"  # the code point of WebDriver's Enter


class Driver(Protocol):
    """One page, in a profile of its own."""

    async def open(self, url: str) -> None: ...

    async def run(self, work: str, *given: Any) -> Any:
        """Calls the JavaScript function `work`, which may use `hand`, and returns what it returns or promises."""
        ...

    async def press(self, x: int, y: int) -> None:
        """A click there in the window."""
        ...

    async def type(self, text: str) -> None:
        """Keys, to whatever has the focus."""
        ...

    def complaints(self) -> list[str]:
        """Errors of the console, as far as the browser tells them."""
        ...

    async def close(self) -> None: ...


def key_actions(text: str) -> list[dict[str, Any]]:
    """The input source of WebDriver and of BiDi alike."""
    keys = [{"type": kind, "value": char} for char in text for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": keys}]


def click_actions(x: int, y: int) -> list[dict[str, Any]]:
    steps = [
        {"type": "pointerMove", "x": x, "y": y, "duration": 0, "origin": "viewport"},
        {"type": "pointerDown", "button": 0},
        {"type": "pointerUp", "button": 0},
    ]
    return [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}]


def call(work: str) -> str:
    """A function of one list of arguments that answers with JSON: the two protocols spell values differently."""
    return (
        f"async (given) => {{ {HAND}\n  const answer = await ({work})(...given);"
        "\n  return JSON.stringify(answer ?? null); }"
    )
