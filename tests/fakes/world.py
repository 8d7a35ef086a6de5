"""Whole chats in one process: real core and crypto, hand-moved time, services and network in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.fakes.auth_service import CODE, FakeAuth, problem
from tests.fakes.clock import DeviceClock, HandClock
from tests.fakes.crypto import watched_crypto
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.realm import ORIGIN, Realm
from tests.fakes.rtc import FakeNet, FakeRtc
from tests.fakes.siblings import FakeSiblings
from tests.fakes.signaling_service import FakeSignaling
from widget.chat.chat import ChatCore
from widget.core.config import ChatConfig, Relay, TokenProvider
from widget.errors import ChatError
from widget.model import ChatMessage, IceServer
from widget.native.puzzle import search
from widget.ports import HttpResponse, Platform
from widget.room.neighbour import Neighbour
from widget.room.stay import RoomSession

T = TypeVar("T")
AUTH = "https://auth.test"
SIGNAL = "https://signal.test"


class FakeHttp:
    def __init__(self, auth: FakeAuth, signaling: FakeSignaling) -> None:
        self._auth = auth
        self._signaling = signaling

    async def request(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes,
        limit_ms: int = 15000,
        is_cached: bool = False,
    ) -> HttpResponse:
        if url.startswith(AUTH):
            return await self._auth.request(method, url.removeprefix(AUTH), body)
        if url.startswith(SIGNAL):
            return await self._signaling.request(method, url.removeprefix(SIGNAL), body, headers.get("dpop", ""))
        return problem(404, "nowhere")


@dataclass
class Someone:
    """One chat and what it told."""

    name: str
    chat: ChatCore
    platform: Platform
    events: list[tuple[str, object]] = field(default_factory=list)

    @property
    def clock(self) -> DeviceClock:
        """The clock of this one's device, which a test may set."""
        assert isinstance(self.platform.clock, DeviceClock)
        return self.platform.clock

    @property
    def stay(self) -> RoomSession:
        """Where it is now."""
        session = self.chat._rooms.session
        assert session is not None
        return session

    def sees(self, other: Someone) -> Neighbour:
        """The other as a member of the room."""
        return self.stay.peers.neighbours.known[other.stay.me.sid]

    @property
    def messages(self) -> list[ChatMessage]:
        return self.chat.get_state().messages

    @property
    def texts(self) -> list[str]:
        """What was said, without who came and went."""
        return [message.content for message in self.messages if message.type == "message"]

    @property
    def news(self) -> list[str]:
        return [message.content for message in self.messages if message.type != "message"]

    @property
    def deliveries(self) -> list[str]:
        return [message.delivery for message in self.messages if message.mine]

    @property
    def links(self) -> dict[str, str]:
        """Others' names and how they are reached."""
        people = self.chat.get_state().participants
        return {person.user_name: person.link for person in people if not person.is_me}

    @property
    def errors(self) -> list[str]:
        return [error.code for event, error in self.events if event == "error" and isinstance(error, ChatError)]

    def heard(self, event: str) -> list[object]:
        return [payload for name, payload in self.events if name == event]


class World:
    """Call `close` at the end: it fails the test if anything raised where nobody could catch it."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.realm = Realm(self.clock.now_ms(), issuer=AUTH)
        self.auth = FakeAuth(self.clock, self.realm, ORIGIN)
        self.signaling = FakeSignaling(self.clock)
        self.net = FakeNet(self.clock)
        self.net.is_away = lambda: self.signaling.is_down or self.signaling.hangs
        self.people: list[Someone] = []
        self.ice_servers: list[IceServer] = []
        self._nonces: set[tuple[bytes, bytes]] = set()

    def platform(self, storage: MemoryStorage | None = None, wrong_ms: int = 0) -> Platform:
        storage = MemoryStorage() if storage is None else storage
        return Platform(
            clock=DeviceClock(self.clock, wrong_ms),
            http=FakeHttp(self.auth, self.signaling),
            sockets=self.signaling,
            rtc=FakeRtc(self.net),
            crypto=watched_crypto(self._nonces),
            storage=storage,
            siblings=FakeSiblings(storage.browser),
            search=search,
            origin=ORIGIN,
        )

    def chat(
        self,
        name: str,
        relay: Relay = "fallback",
        storage: MemoryStorage | None = None,
        wrong_ms: int = 0,
        provider: TokenProvider | None = None,
    ) -> Someone:
        """A chat that nobody has signed in to. Its device's clock is `wrong_ms` off."""
        platform = self.platform(storage, wrong_ms)
        config = ChatConfig(
            AUTH, SIGNAL, self.realm.service_key, self.ice_servers, relay=relay, token_provider=provider
        )
        someone = Someone(name, ChatCore(config, platform), platform)
        for event in ("auth:change", "auth:required", "auth:logout", "room:change", "message:received"):
            self._listen(someone, event)
        for event in ("connection:change", "error"):
            self._listen(someone, event)
        self.people.append(someone)
        return someone

    async def person(
        self, name: str, relay: Relay = "fallback", storage: MemoryStorage | None = None, wrong_ms: int = 0
    ) -> Someone:
        """A chat with somebody signed in."""
        someone = self.chat(name, relay, storage, wrong_ms)
        await someone.chat.request_code(f"{name.lower()}@people.test", name)
        await someone.chat.verify_code(CODE)
        return someone

    async def room(self, *names: str, relay: Relay = "fallback") -> list[Someone]:
        """People in one public room, keys agreed and every pair on its best link."""
        people = [await self.person(name, relay) for name in names]
        room = await self.run(people[0].chat.create_room("Room"))
        for someone in people[1:]:
            await self.run(someone.chat.join_room(room.room_id))
        await self.clock.advance(4000)
        return people

    async def run(self, call: Coroutine[Any, Any, T]) -> T:
        """The result of a call that needs time to pass."""
        task = asyncio.ensure_future(call)
        await self.clock.until(task.done)
        return task.result()

    async def failing(self, call: Coroutine[Any, Any, object]) -> ChatError:
        """The error of a call that needs time to pass."""
        task = asyncio.ensure_future(call)
        await self.clock.until(task.done)
        error = task.exception()
        assert isinstance(error, ChatError)
        return error

    async def close(self) -> None:
        for someone in self.people:
            someone.chat.destroy()
        await self.clock.settle()
        await self.clock.close()
        assert self.clock.errors == [], self.clock.errors

    def _listen(self, someone: Someone, event: str) -> None:
        someone.chat.on(event, lambda payload: someone.events.append((event, payload)))
