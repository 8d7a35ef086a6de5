"""The emotes of the room, to choose from."""

from __future__ import annotations

from collections.abc import Callable

from widget.model import EmoteData
from widget.ui.chat_message import emote_image
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h, line

MOST_SHOWN = 60


class EmotePicker:
    """A panel above the input. `choose` takes the name of an emote."""

    def __init__(self, stage: Stage, choose: Callable[[str], None]) -> None:
        self._stage: Stage = stage
        self._choose: Callable[[str], None] = choose
        self._open: bool = False
        self._query: str = ""

    def pressed(self) -> str:
        return "true" if self._open else "false"

    def close(self) -> bool:
        """True when it was open."""
        was = self._open
        self._open = False
        return was

    def view(self, emotes: list[EmoteData]) -> Node:
        if not self._open:
            return h("div", {"class": "cw-none-here", "hidden": ""}, [], None, "picker")
        found = [emote for emote in emotes if self._query.lower().strip() in emote.name.lower()]
        attrs = {
            "class": "cw-input", "type": "search",
            "aria-label": say("Find an emote"), "placeholder": say("Find an emote"), "value": self._query, "autofocus": "", "autocomplete": "off",
        }  # fmt: skip
        grid = [self._choice(emote) for emote in found[0:MOST_SHOWN]]
        if len(grid) == 0:
            grid.append(line("p", "none", say("No emote is called that.")))
        parts = [h("input", attrs, [], {"input": self.on_query}), h("div", {"class": "cw-emotes"}, grid)]
        return h(
            "div",
            {"class": "cw-picker", "role": "group", "aria-label": say("Emotes")},
            parts,
            None,
            "picker-open",
        )

    def _choice(self, emote: EmoteData) -> Node:
        def choose(event: UiEvent) -> None:
            self._choose(emote.name)

        attrs = {"class": "cw-emote-choice", "type": "button", "aria-label": emote.name}
        return h("button", attrs, [emote_image(emote)], {"click": choose}, emote.id)

    def on_toggle(self, event: UiEvent) -> None:
        self._open = not self._open
        self._query = ""
        self._stage.changed()

    def on_query(self, event: UiEvent) -> None:
        self._query = event.value
        self._stage.changed()
