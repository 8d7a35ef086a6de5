"""Whose emote that is, beside one that is pointed at, pressed for long or has the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from widget.model import EmoteData
from widget.ui.emote_image import emote_image
from widget.ui.layers import CARD, Layer
from widget.ui.parts import around
from widget.ui.play import Plays
from widget.ui.stage import Stage, nothing
from widget.ui.strings import say, silence
from widget.ui.view import Node, UiEvent, h

HEIGHT_PX = 48
OPEN_MS = 400
CLOSE_MS = 200  # long enough to get onto the card (WCAG 2.1, 1.4.13)


class EmoteCard:
    """At most one at a time. It takes no focus and covers nothing; Escape or a press elsewhere closes it."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._emotes: Sequence[EmoteData] = []
        self._anchor: str = ""
        self._stop_waiting: Callable[[], None] = nothing

    def heard(self, event: UiEvent, anchor: str, emotes: Sequence[EmoteData]) -> None:
        """What happened to emotes in the box with that id."""
        if event.kind == "pointerenter" and anchor != self._anchor:
            self._wait(OPEN_MS, lambda: self._open(anchor, emotes))
        elif event.kind == "focus":
            self._open(anchor, emotes)
        elif event.kind == "blur":
            self.close()
        elif event.kind == "pointerleave":
            self._left()

    def _left(self) -> None:
        """A finger that was lifted leaves the card open."""
        if self._anchor == "" or not self._stage.page.is_touch():
            self._wait(CLOSE_MS, self.close)

    def _on_card(self, event: UiEvent) -> None:
        self._stop_waiting()
        if event.kind == "pointerleave":
            self._left()

    def _open(self, anchor: str, emotes: Sequence[EmoteData]) -> None:
        self._stop_waiting()
        layers = self._stage.layers
        if layers.top() == "" or layers.top() == CARD:
            self._emotes = emotes
            layers.open(Layer(CARD, "card", silence, anchor, self.view, self._closed, self._on_card))
            self._anchor = anchor

    def close(self) -> None:
        self._stop_waiting()
        self._stage.layers.close(CARD)

    def _closed(self) -> None:
        self._anchor = ""

    def _wait(self, wait_ms: int, act: Callable[[], None]) -> None:
        self._stop_waiting()
        self._stop_waiting = self._stage.clock.after(wait_ms, act)

    def view(self) -> list[Node]:
        # It is there because one points at the emote, or has the focus on it.
        plays: Plays = "never" if self._stage.plays == "never" else "always"
        return [card_row(emote, plays) for emote in self._emotes]


def card_row(emote: EmoteData, plays: Plays) -> Node:
    """Its picture is large enough to see what it is."""
    words = [h("span", {"class": "cw-choice-name"}, [emote.name]), h("span", {"class": "cw-sub"}, [origin(emote)])]
    if emote.author != "":
        words.append(h("span", {"class": "cw-sub"}, around(say("by {}"), h("bdi", {}, [emote.author]))))
    return h("div", {"class": "cw-about"}, [emote_image(emote, HEIGHT_PX, plays), h("div", {}, words)])


def origin(emote: EmoteData) -> str:
    """Of which set it is."""
    if emote.provider == "custom":
        return say("Emote of this site")
    return say("7TV emote of this room") if emote.source == "room" else say("7TV emote")
