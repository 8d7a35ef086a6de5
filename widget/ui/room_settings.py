"""What the host of a room can change about it: its emotes."""

from __future__ import annotations

from widget.model import RoomMetadata
from widget.ui.layers import Layer
from widget.ui.parts import button, mistake, submit
from widget.ui.room_emotes import emotes_field, no_choice, read_choice
from widget.ui.stage import Stage, Work, nothing
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h, listen

NAME = "settings"


class RoomSettings:
    """A dialog. What is wrong in it is said there, and nothing is lost."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._work: Work = Work(stage)
        self._emotes: str = ""

    def show(self, room: RoomMetadata) -> None:
        self._work.clear()
        self._emotes = f"{room.emote_set} {room.twitch_channel}".strip()
        self._stage.layers.open(Layer(NAME, "dialog", settings_title, "", self.view, nothing))

    def view(self) -> list[Node]:
        title = h("h3", {"class": "cw-panel-title"}, [settings_title()])
        rows = [title, emotes_field(self._emotes, self.on_emotes)]
        if self._work.error != "":
            rows.append(mistake(self._work.error))
        ways = [submit(say("Save"), self._work.busy), button("quiet", say("Cancel"), self.on_cancel)]
        rows.append(h("div", {"class": "cw-row"}, ways))
        return [h("form", {"class": "cw-form", "novalidate": ""}, rows, listen("submit", self.on_submit))]

    def on_emotes(self, event: UiEvent) -> None:
        self._emotes = event.value

    def on_cancel(self, event: UiEvent) -> None:
        self._stage.layers.close(NAME)

    def on_submit(self, event: UiEvent) -> None:
        chosen = read_choice(self._emotes)
        if len(chosen) == 0:
            self._work.wrong(no_choice)
        elif not self._work.busy:
            self._work.spawn(self._save(chosen))

    async def _save(self, chosen: list[str]) -> None:
        await self._stage.chat.set_emotes(chosen[0], chosen[1])
        self._stage.layers.close(NAME)


def settings_title() -> str:
    return say("Room settings")
