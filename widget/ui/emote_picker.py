"""The emotes of the room, to choose from."""

from __future__ import annotations

from collections.abc import Callable

from widget.model import EmoteData
from widget.ui.emote_image import emote_image
from widget.ui.layers import Layer
from widget.ui.parts import search
from widget.ui.play import play_setting
from widget.ui.stage import Stage, nothing
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, click, h

MOST_SHOWN = 60
HEIGHT_PX = 28


class EmotePicker:
    """A layer above the input. `choose` takes the name of an emote."""

    def __init__(self, stage: Stage, choose: Callable[[str], None]) -> None:
        self._stage: Stage = stage
        self._choose: Callable[[str], None] = choose
        self._query: str = ""

    def view(self) -> list[Node]:
        query = self._query.lower().strip()
        found = [emote for emote in self._stage.chat.get_state().emotes if query in emote.name.lower()]
        find = search(say("Find an emote"), self._query, self.on_query, {"autofocus": ""})
        grid = [self._choice(emote) for emote in found[0:MOST_SHOWN]]
        if len(grid) == 0:
            grid = [h("p", {"class": "cw-none"}, [say("No emote is called that.")])]
        setting = play_setting(self._stage.page, self._stage.changed)
        return [find, h("div", {"class": "cw-emotes"}, grid), setting]

    def on_open(self, event: UiEvent) -> None:
        self._query = ""
        self._stage.layers.open(Layer("emotes", "popover", lambda: say("Emotes"), "cw-emotes", self.view, nothing))

    def _choice(self, emote: EmoteData) -> Node:
        def choose(event: UiEvent) -> None:
            self._stage.layers.close("emotes")
            self._choose(emote.name)

        attrs = {"type": "button", "aria-label": emote.name, "title": emote.name}
        image = emote_image(emote, HEIGHT_PX, self._stage.plays())
        return h("button", {"class": "cw-emote-choice", **attrs, "key": emote.id}, [image], click(choose))

    def on_query(self, event: UiEvent) -> None:
        self._query = event.value
        self._stage.changed()
