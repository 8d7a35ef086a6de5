"""The picker in the hand of a test: what it shows, and what one does in it."""

from __future__ import annotations

from tests.fakes.core import room
from tests.fakes.screen import Person, act, by_class, by_tag, event, words
from tests.widget.ui.emoji_data import EMOJI, ENGLISH
from widget.model import ChatState, EmoteData
from widget.ui.view import Node, UiEvent, attributes

FIND = "Find emoji and emotes"
OPEN = "Emoji and emotes"


def in_room(emotes: list[EmoteData] | None = None, data: bool = True) -> Person:
    someone = Person(ChatState(
        authenticated=True, status="connected", room=room("r1", "Owls", 2), emotes=emotes or [],
    ))  # fmt: skip
    if data:
        someone.page.data = {"": EMOJI, "en-GB": ENGLISH}
    return someone


def opened(emotes: list[EmoteData] | None = None) -> Person:
    someone = in_room(emotes)
    someone.click(OPEN)
    return someone


def cells(someone: Person) -> list[str]:
    return [attributes(node)["aria-label"] for node in by_class(someone.screen, "cw-cell")]


def titles(someone: Person) -> list[str]:
    return [words(node) for node in by_class(someone.screen, "cw-cells-title")]


def marked(someone: Person) -> str:
    found = by_class(someone.screen, "cw-cell-marked")
    assert len(found) == 1
    grid = by_class(someone.screen, "cw-cells")[0]
    assert attributes(grid)["aria-activedescendant"] == attributes(found[0])["id"]
    return attributes(found[0])["aria-label"]


def grid_key(someone: Person, key: str, control: bool = False, rtl: bool = False, shift: bool = False) -> UiEvent:
    pressed = event("keydown", key=key, shift=shift)
    pressed.control, pressed.rtl = control, rtl
    act(by_class(someone.screen, "cw-cells")[0], pressed)
    someone.settle()
    return pressed


def cell(someone: Person, name: str) -> Node:
    return next(node for node in by_class(someone.screen, "cw-cell") if attributes(node)["aria-label"] == name)


def choose(someone: Person, name: str, shift: bool = False) -> None:
    act(cell(someone, name), event("click", shift=shift))
    someone.settle()


def draft(someone: Person) -> str:
    return attributes(by_tag(someone.screen, "textarea")[0])["value"]


def is_open(someone: Person) -> bool:
    return len(by_class(someone.screen, "cw-picker")) > 0


def focused(someone: Person) -> list[str]:
    return [effect.id for effect in someone.app.stage.effects() if effect.kind == "focus"]
