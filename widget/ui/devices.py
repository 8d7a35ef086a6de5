"""Where oneself is signed in, to end what is lost or strange."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.errors import RefusedError
from widget.model import Device
from widget.ui.participants import tag
from widget.ui.parts import button
from widget.ui.question import question
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h


class Devices:
    """A dialog with a row for each."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._list: list[Device] = []

    def open(self) -> None:
        self._stage.spawn(self._show())

    async def _show(self) -> None:
        self._list = await self._stage.chat.devices()
        question(
            self._stage,
            lambda: say("Your devices"),
            lambda: [self._row(device) for device in self._list],
            [("danger", lambda: say("Sign out everywhere"), self._everywhere)],
        )

    def _row(self, device: Device) -> Node:
        def end(event: UiEvent) -> None:
            self._stage.spawn(self._end(device))

        def let_in(event: UiEvent) -> None:
            self._stage.spawn(self._let_in(device))

        name = ", ".join(word for word in [device.browser, device.system, device.country] if word != "")
        language = self._stage.language
        when = f"{language.date(device.last_used)}, {language.time(device.last_used)}"
        title = [h("span", {"class": "cw-person-name"}, [say("Unknown device") if name == "" else name])]
        way = tag(say("this device")) if device.is_this else button("quiet", say("Sign out"), end)
        if device.is_new:
            title.append(tag(say("new device"), " cw-tag-new"))
            way = h("div", {"class": "cw-row cw-ways"}, [button("plain", say("Let in"), let_in), way])
        words = [
            h("span", {"class": "cw-person-line"}, title),
            h("span", {"class": "cw-sub"}, [say("Last used {}", when)]),
        ]
        return h("div", {"class": "cw-person", "key": device.id}, [h("span", {"class": "cw-person-words"}, words), way])

    async def _end(self, device: Device) -> None:
        await self._change(lambda: self._stage.chat.end_device(device.id))

    async def _let_in(self, device: Device) -> None:
        await self._change(lambda: self._stage.chat.approve_device(device.id))

    async def _change(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """A device may have signed out since the list was made: then the newest says all."""
        try:
            await work()
        except RefusedError as error:
            if error.code != "device.unknown":
                raise
        self._list = await self._stage.chat.devices()
        self._stage.changed()

    def _everywhere(self) -> None:
        self._stage.spawn(self._stage.chat.logout(True))
