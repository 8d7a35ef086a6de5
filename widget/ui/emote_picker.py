"""The emotes of the room, to choose from."""

from __future__ import annotations

from collections.abc import Callable

from widget.model import EmoteData
from widget.ui.chat_message import emote_image
from widget.ui.parts import search
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, click, h

MOST_SHOWN = 60


class EmotePicker:
    """A panel above the input. `choose` takes the name of an emote."""

    def __init__(self, stage: Stage, choose: Callable[[str], None]) -> None:
        self._stage: Stage = stage
        self._choose: Callable[[str], None] = choose
        self.is_open: bool = False
        self._query: str = ""

    def view(self, emotes: list[EmoteData]) -> Node:
        query = self._query.lower().strip()
        found = [emote for emote in emotes if query in emote.name.lower()]
        find = search(say("Find an emote"), self._query, self.on_query, {"autofocus": ""})
        grid = [self._choice(emote) for emote in found[0:MOST_SHOWN]]
        if len(grid) == 0:
            grid = [h("p", {"class": "cw-none"}, [say("No emote is called that.")])]
        attrs = {"class": "cw-picker", "role": "group", "aria-label": say("Emotes"), "key": "picker"}
        return h("div", attrs, [find, h("div", {"class": "cw-emotes"}, grid)])

    def _choice(self, emote: EmoteData) -> Node:
        def choose(event: UiEvent) -> None:
            self._choose(emote.name)

        attrs = {"type": "button", "aria-label": emote.name}
        return h("button", {"class": "cw-emote-choice", **attrs, "key": emote.id}, [emote_image(emote)], click(choose))

    def on_toggle(self, event: UiEvent) -> None:
        self.is_open = not self.is_open
        self._query = ""
        self._stage.changed()

    def on_query(self, event: UiEvent) -> None:
        self._query = event.value
        self._stage.changed()
