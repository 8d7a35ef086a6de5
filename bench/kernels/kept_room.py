"""A room with a long log on the disk of a real page: kept there, opened again, and drawn for the first time."""

from __future__ import annotations

from bench.kernels.long_log import PEOPLE, Authors
from bench.kernels.room import FullChat, StillPage
from bench.kernels.still_clock import StillClock
from widget.account.sign_in_service import SignInService
from widget.browser import js
from widget.browser.document import by_id
from widget.browser.dom import Dom
from widget.browser.language import english
from widget.browser.platform import browser_platform
from widget.core.api import Api
from widget.core.config import ChatConfig
from widget.core.events import Events
from widget.core.service_clock import ServiceClock
from widget.core.state import State
from widget.crypto.genesis import RoomAddress, room_id
from widget.crypto.service_key import ServiceKey
from widget.crypto.trust import Identity
from widget.room.acquaintances import Acquaintances
from widget.room.arrival import Plan
from widget.room.disk import Disk
from widget.room.limits import SEGMENT_EVENTS
from widget.room.shared import Shared
from widget.room.talk import Talk
from widget.ui.message_list import MessageList
from widget.ui.stage import Stage
from widget.ui.strings import speak
from widget.ui.view import Node, UiEvent, h
from widget.wire.genesis import RELAY, Genesis

SUB = "reader"
SITE = "https://bench.test"
READER = Identity(SUB, "Reader", SITE, bytes(32), 0, 0)


class KeptRoom:
    """`keep` and wait until it `is_kept`; then what opening it comes to, step by step: `open`, `draw`."""

    def __init__(self, count: int) -> None:
        self._count: int = count
        self._shared: Shared = _shared()
        self._list: MessageList | None = None
        self._dom: Dom | None = None

    async def keep(self) -> None:
        genesis = Genesis(SUB, bytes(32), bytes(16), 0, RELAY, 16, 1, [SITE])
        address = RoomAddress(await room_id(self._shared.platform.crypto, genesis))
        talk = Talk(self._shared, Plan(genesis, address, "Room"), READER)
        authors = Authors(PEOPLE)
        for number in range(self._count):
            talk.log.place(authors.say(number, number % PEOPLE, number + 1))
        Disk(self._shared).keep(talk)

    async def is_kept(self) -> bool:
        """All segments, the people and the state, which comes last."""
        records = await self._shared.platform.storage.kept("log 0")
        return len(records) == (self._count + SEGMENT_EVENTS - 1) // SEGMENT_EVENTS + 2

    async def open(self) -> None:
        self._shared = _shared()
        talk = await Disk(self._shared).open(READER)
        if talk is not None:
            talk.messages.begin([])

    def draw(self) -> None:
        language = english(js.options({}))
        speak(language)
        stage = Stage(FullChat(self._shared.state), StillClock(), StillPage(), language)
        self._list = MessageList(stage, _on_event)
        self._list.arrived(self._shared.state.now)
        self._dom = Dom(by_id("chat-widget"), "cw-1")
        self._dom.show(self._view, stage.effects)

    def shown(self) -> int:
        return len(self._shared.state.now.messages)

    def _view(self) -> Node:
        rows = [] if self._list is None else [self._list.view(self._shared.state.now)]
        return h("div", {"class": "cw-chat"}, [h("div", {"class": "cw-middle"}, rows)])


def _shared() -> Shared:
    """Of a page that has just been loaded; nothing of it reaches a service."""
    platform = browser_platform(_failed, "bench")
    clock = ServiceClock(platform.clock)
    events = Events(clock)
    known = Acquaintances(clock, platform.storage, platform.siblings)
    service = SignInService(platform, clock, Api(platform, SITE, {}), ServiceKey(bytes(65), bytes(32)))
    return Shared(ChatConfig(SITE, SITE, ""), platform, clock, service, State(clock, events), events, known)


def _failed(_error: Exception) -> None:
    return None


def _on_event(_event: UiEvent) -> None:
    return None
