"""A socket between two workers: what one gives, what the other goes on with, and who is given at all."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.protocol import State

from auth.tokens import Claims
from signaling.connection import Connection
from signaling.entrance import Challenge, go_on
from signaling.homing import Homing
from signaling.moved import Moved, Proved, read_moved, write_moved
from signaling.refusals import ROOM_UNKNOWN, Problem
from signaling.sockets import ADOPTED, MOVE, FirmSocketProtocol, adopted
from tests.signaling.world import World, until

MakeWorld = Callable[..., Awaitable[World]]

HEAD = (
    b"GET /ws HTTP/1.1\r\nhost: chat.test\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
    b"sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: cw1\r\nx-odd: \xe9\xff\r\n\r\n"
)
CLAIMS = Claims("5" * 32, "Zoë", "https://site.test", bytes(32), "jti", 1, 2, kid="ab")
PROVED = Proved(CLAIMS, "7" * 32, "9" * 32, "ticket")
MOVED = Moved(PROVED, "ab" * 32, HEAD)
DESCRIPTOR = 77


def test_what_is_known_of_a_socket_comes_out_as_it_went_in() -> None:
    assert read_moved(write_moved(MOVED)) == MOVED


class Transport(asyncio.Transport):
    """Takes everything and notes it; `unsent` bytes wait."""

    def __init__(self) -> None:
        self.ends = socket.socketpair()
        super().__init__({"socket": self.ends[0]})
        self.written: list[bytes] = []
        self.unsent = 0
        self.aborted = False

    def write(self, data: Any) -> None:
        self.written.append(bytes(data))

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def is_closing(self) -> bool:
        return self.aborted

    def close(self) -> None:
        self.aborted = True

    def abort(self) -> None:
        self.aborted = True


class Place:
    """A worker with one socket, whose app is the test: `seen` is what it was called with."""

    def __init__(self, moved: Moved | None) -> None:
        self.transport = Transport()
        self.seen: dict[str, Any] = {}
        self.over = asyncio.Event()
        options: dict[str, Any] = {"interface": "asgi3", "ws_per_message_deflate": False, "log_config": None}
        config = Config(app=self._app, ws=FirmSocketProtocol, **options)
        config.load()
        if moved is None:
            self.protocol = FirmSocketProtocol(config, ServerState(), {})
        else:
            http = SimpleNamespace(
                ws_protocol_class=FirmSocketProtocol, config=config, server_state=ServerState(), app_state={}
            )
            self.protocol = adopted(lambda: http, moved)
        self.protocol.connection_made(self.transport)
        if moved is None:
            self.protocol.data_received(HEAD)

    async def accept(self) -> None:
        await until(lambda: "scope" in self.seen)
        assert (await self.protocol.receive())["type"] == "websocket.connect"
        await self.protocol.send({"type": "websocket.accept", "subprotocol": "cw1"})

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        self.seen["scope"] = scope
        await self.over.wait()

    async def close(self) -> None:
        self.over.set()
        self.protocol.stop_keepalive()
        for end in self.transport.ends:
            end.close()
        await asyncio.gather(*self.protocol.tasks, return_exceptions=True)


@pytest.fixture
async def place() -> Any:
    found = Place(None)
    await found.accept()
    yield found
    await found.close()


async def test_an_adopted_socket_goes_on_without_a_second_answer() -> None:
    found = Place(MOVED)
    await found.accept()
    try:
        scope = found.seen["scope"]
        assert (scope["path"], scope["subprotocols"]) == ("/ws", ["cw1"])
        assert dict(scope["headers"])[b"x-odd"] == b"\xe9\xff"
        assert scope["extensions"][ADOPTED] == MOVED
        assert found.transport.written == []
        assert found.protocol.ping_timer is not None
        await found.protocol.send({"type": "websocket.send", "text": "hi"})
        assert found.transport.written == [b"\x81\x02hi"]
    finally:
        await found.close()


async def test_what_was_given_is_let_go_of_and_can_be_adopted_again(place: Place) -> None:
    given: list[tuple[bytes, int]] = []

    def give(head: bytes, descriptor: int) -> bool:
        given.append((head, descriptor))
        return True

    assert place.protocol.move(give)
    ((head, descriptor),) = given
    assert (descriptor, place.transport.aborted) == (place.transport.ends[0].fileno(), True)
    again = Place(Moved(PROVED, "", head))
    await again.accept()
    assert again.seen["scope"]["headers"] == place.seen["scope"]["headers"]
    await again.close()


async def test_what_nobody_takes_stays(place: Place) -> None:
    assert not place.protocol.move(lambda head, descriptor: False)
    assert not place.transport.aborted


@pytest.mark.parametrize("what", ["unsent", "half a frame", "part of a message", "unheard", "closing", "over"])
async def test_nothing_is_given_while_something_is_on_its_way(place: Place, what: str) -> None:
    if what == "unsent":
        place.transport.unsent = 1
    elif what == "half a frame":
        place.protocol.data_received(b"\x81")
    elif what == "part of a message":
        place.protocol.frames = [b"a"]
    elif what == "unheard":
        place.protocol.queue.put_nowait({"type": "websocket.receive", "text": "a"})
    elif what == "closing":
        place.transport.aborted = True
    else:
        place.protocol.conn.state = State.CLOSING
    assert not place.protocol.move(lambda head, descriptor: True)


class Elsewhere(Homing):
    """Every room is at home elsewhere; notes who enters, leaves and is given."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[tuple[str, str]] = []

    async def enter(self, room: str) -> bool:
        self.noted.append(("enter", room))
        return False

    def leave(self, room: str) -> None:
        self.noted.append(("leave", room))

    def give(self, room: str, moved: bytes, descriptor: int) -> bool:
        self.noted.append(("give", room))
        return read_moved(moved).head == HEAD and descriptor == DESCRIPTOR


def _connection(world: World, moved: Moved | None) -> Connection:
    extensions = {MOVE: lambda give: give(HEAD, DESCRIPTOR), ADOPTED: moved}
    opened: Any = SimpleNamespace(scope={"extensions": extensions})
    return Connection(world.worker, opened, "https://site.test", "chat.test", "127.0.0.1")


async def test_who_proved_themselves_are_handed_on_once_and_not_when_they_are_to_go(world: World) -> None:
    world.worker.homing = homing = Elsewhere()
    assert not await _connection(world, None).stays(PROVED)
    assert homing.noted == [("enter", PROVED.room), ("give", PROVED.room)]
    assert await _connection(world, MOVED).stays(PROVED)
    told = _connection(world, None)
    told.end(1012)
    assert await told.stays(PROVED)
    assert homing.noted.count(("give", PROVED.room)) == 1


async def test_only_who_may_enter_is_counted_for_a_room_and_is_so_until_the_end(world: World) -> None:
    world.worker.homing = homing = Elsewhere()
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make(capacity=2)
    line = await ada.join(room)
    stranger = await ben.open()
    stranger.auth("0" * 32)
    assert (await stranger.problem()).code == "room.unknown"
    await stranger.closed()
    unproved = await ben.open()
    unproved.auth(room, sig=bytes(64))
    await unproved.closed()
    assert homing.noted == [("enter", room), ("give", room)]
    await line.close()
    await until(lambda: homing.noted[-1] == ("leave", room))


async def test_the_room_may_have_ended_on_the_way(world: World) -> None:
    local: Any = _connection(world, MOVED)
    world.worker.homing = homing = Elsewhere()
    with pytest.raises(Problem) as caught:
        await go_on(world.worker, Challenge("", "", "", ""), PROVED, local)
    assert caught.value.kind == ROOM_UNKNOWN
    assert homing.noted == [("enter", PROVED.room)]
