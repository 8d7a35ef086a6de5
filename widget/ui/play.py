"""Whether emotes move: as the reader says on this device, else as the system does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h, listen

Plays = Literal["always", "hover", "never"]
PLAYS = "plays"


class Device(Protocol):
    """What a page knows of the device."""

    def kept(self, name: str) -> str:
        """What was kept there under that name, "" where nothing was."""
        ...

    def keep(self, name: str, text: str) -> None: ...

    def is_calm(self) -> bool:
        """The system is set to less motion."""
        ...


def plays(page: Device) -> Plays:
    """`hover` lets those move that are pointed at or have the focus."""
    said = page.kept(PLAYS)
    if said == "always":
        return "always"
    if said == "hover":
        return "hover"
    return "never" if said == "never" or page.is_calm() else "always"


def play_setting(page: Device, changed: Callable[[], None]) -> Node:
    """To choose it; `changed` is told."""
    now = plays(page)

    def choose(event: UiEvent) -> None:
        page.keep(PLAYS, event.value)
        changed()

    ways = [("always", say("Always")), ("hover", say("When pointed at")), ("never", say("Never"))]
    options = [h("option", {"value": way, "selected": "" if way == now else None}, [words]) for way, words in ways]
    select = h("select", {"class": "cw-input", "part": "field"}, options, listen("input", choose))
    return h("label", {"class": "cw-plays"}, [h("span", {}, [say("Play emotes")]), select])
