"""What a socket says is understood in the turn in which it comes; what has to wait for something is for its reader."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest

from signaling.connection import Connection
from signaling.listener import Listener
from signaling.refusals import INTERNAL, close_code
from signaling.sockets import LISTEN
from signaling.states import State
from tests.signaling.member import Line
from tests.signaling.test_sockets import Open
from tests.signaling.world import World, until
from widget.wire.client_text import proof_fields, write_auth
from widget.wire.socket import Auth, PeerJoined, Signal

MakeWorld = Callable[..., Awaitable[World]]

ROOM = "7" * 32
AUTH = write_auth(proof_fields("token", b"\x04" * 65, bytes(64)), ROOM, "9" * 32, "")


def _heard() -> tuple[Open, list[str | bytes]]:
    """A socket, and what is heard of it."""
    socket, heard = Open(), list[str | bytes]()

    def hear(message: str | bytes) -> bool:
        heard.append(message)
        return True

    socket.listen(hear)
    return socket, heard


def _received(socket: Open) -> list[str | bytes]:
    events = [socket.queue.get_nowait() for _ in range(socket.queue.qsize())]
    return [event.get("text") or event.get("bytes") or "" for event in events]  # type: ignore[misc]


async def listening(world: World, someone: Someone, opened: Opened) -> asyncio.Task[None]:
    """The listener of that socket, once it waits for the first word."""
    heard: Any = someone
    socket: Any = opened
    reader = asyncio.create_task(Listener(world.worker, socket, heard).run(None))
    await until(lambda: opened.hear.__name__ == "hear")
    await asyncio.sleep(0)
    return reader


async def test_a_message_is_heard_in_the_turn_in_which_it_comes() -> None:
    socket, heard = _heard()
    socket.arrive("hé")
    socket.frames, socket.curr_msg_data_type = [b"\x01", b"\x02"], "bytes"
    socket.send_receive_event_to_app()
    assert (heard, _received(socket)) == (["hé", b"\x01\x02"], [])
    assert (socket.ends.reads, socket.frames) == (True, [])


async def test_behind_one_that_has_to_wait_all_others_wait_too() -> None:
    socket, heard = Open(), list[str | bytes]()

    def hear(message: str | bytes) -> bool:
        heard.append(message)
        return message != "b"

    socket.listen(hear)
    for text in "abc":
        socket.arrive(text)
    assert (heard, _received(socket)) == (["a", "b"], ["b", "c"])
    socket.arrive("d")
    assert heard == ["a", "b", "d"]


async def test_what_is_no_text_ends_the_socket_unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    socket, heard = _heard()
    monkeypatch.setattr(socket.ends, "close", lambda: None)
    socket.frames, socket.curr_msg_data_type = [b"\xff"], "text"
    socket.send_receive_event_to_app()
    assert heard == []
    assert socket.ends.written[0][:4] == b"\x88\x02\x03\xef"  # 1007, RFC 6455 7.4.1


async def test_nothing_is_heard_once_the_end_was_said() -> None:
    socket, heard = _heard()
    socket.close_sent = True
    socket.arrive("late")
    assert (heard, _received(socket)) == ([], [])


class Someone:
    """A socket's owner; its `enter` takes until `let_in`."""

    def __init__(self) -> None:
        self.state: State = "hello"
        self.session: Any = None
        self.talk: Any = None
        self.let_in = asyncio.Event()
        self.noted: list[str] = []
        self.said: Callable[[], Auth | None] = lambda: None

    async def enter(self, said: Auth) -> None:
        self.said = weakref.ref(said)
        self.state = "authenticated"
        await self.let_in.wait()
        self.state, self.talk = "joined", SimpleNamespace(beat_is_due=lambda: False)
        self.noted.append(said.room)

    async def beaten(self, talk: Any) -> None:
        self.noted.append("beat")

    def fail(self, problem: Exception) -> None:
        self.noted.append(str(problem))


class Opened:
    """A socket that is said to by hand."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Any] = asyncio.Queue()
        self.hear: Callable[[str | bytes], bool] = lambda message: False
        self.scope = {"extensions": {LISTEN: self._listen}}
        self.receive = self.queue.get

    def _listen(self, hear: Callable[[str | bytes], bool]) -> None:
        self.hear = hear

    def say(self, text: str) -> None:
        if not self.queue.empty() or not self.hear(text):
            self.queue.put_nowait({"type": "websocket.receive", "text": text})


async def test_what_comes_while_one_enters_waits_until_it_is_in(world: World) -> None:
    someone, opened = Someone(), Opened()
    reader = await listening(world, someone, opened)
    opened.say(AUTH)
    await until(lambda: someone.state == "authenticated")
    opened.say('{"t":"beat"}')
    assert (someone.noted, opened.queue.qsize()) == ([], 1)
    someone.let_in.set()
    await until(lambda: len(someone.noted) == 2)
    assert someone.noted == [ROOM, "beat"]
    opened.queue.put_nowait({"type": "websocket.disconnect"})
    await reader


async def test_a_socket_that_is_in_holds_nothing_of_its_token(world: World) -> None:
    someone, opened = Someone(), Opened()
    reader = await listening(world, someone, opened)
    opened.say(AUTH)
    await until(lambda: someone.state == "authenticated")
    assert someone.said() is not None
    someone.let_in.set()
    await until(lambda: len(someone.noted) == 1)
    assert someone.said() is None
    opened.queue.put_nowait({"type": "websocket.disconnect"})
    await reader


async def test_what_was_understood_before_the_end_is_not_gone_on_with_after_it(world: World) -> None:
    someone, opened = Someone(), Opened()
    reader = await listening(world, someone, opened)
    opened.say(AUTH)
    someone.state = "closed"
    await reader
    assert someone.noted == []


def _of(world: World, line: Line) -> Connection:
    (found,) = [each for each in world.worker.connections if isinstance(each, Connection) and each.sid == line.sid]
    return found


async def two(world: World, worker: int = 0) -> tuple[Line, Line]:
    """The other with that worker."""
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make()
    one = await ada.join(room)
    other = await ben.join(room, worker)
    assert isinstance(await one.read(), PeerJoined)
    return one, other


async def test_what_is_for_a_member_of_the_same_worker_wakes_no_reader(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await two(world)
    begun: list[object] = []
    listener = _of(world, one)._listener
    monkeypatch.setattr(listener, "_act", lambda rest: begun.append(rest))
    for number in range(8):
        one.relay(other.sid, bytes([number]))
        one.signal(other.sid, f"sdp {number}", "answer")
    kinds = [type(await other.raw()) for _ in range(16)]
    assert kinds == [bytes, str] * 8
    assert begun == []


async def test_a_message_that_is_refused_counts_once(make_world: MakeWorld) -> None:
    world = await make_world(signals_burst=1, signals_per_s=1)
    one, other = await two(world)
    one.signal(other.sid, "one", "answer")
    one.signal(other.sid, "two", "answer")
    assert (await one.problem()).code == "rate.limited"
    counted = world.worker.metrics.dropped.labels("rate.limited")._value.get()
    assert counted == 1
    assert [said.data for said in await other.echo() if isinstance(said, Signal)] == ["one"]


async def test_a_fault_of_ours_ends_the_socket_that_met_it_and_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await two(world)

    def broken(*_given: object) -> None:
        raise ValueError("a secret in a text")

    monkeypatch.setattr(_of(world, one).talk, "relay", broken)
    one.relay(other.sid, b"blob")
    assert (await one.problem()).code == "internal"
    assert await one.closed() == close_code(INTERNAL)
    assert "secret" not in world.log.getvalue()
    assert [type(said).__name__ for said in await other.echo()] == []


@pytest.mark.parametrize("worker", [0, 1])
async def test_a_message_takes_of_the_pace_once_wherever_it_goes(make_world: MakeWorld, worker: int) -> None:
    world = await make_world(workers=2, relays_burst=2, relays_per_s=1)
    one, other = await two(world, worker)
    for blob in (b"1", b"2", b"3"):
        one.relay(other.sid, blob)
    assert [(await other.blob())[1] for _ in range(2)] == [b"1", b"2"]
    assert (await one.problem()).code == "rate.limited"


@pytest.mark.parametrize("worker", [0, 1])
async def test_who_speaks_is_alive_wherever_it_goes(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch, worker: int
) -> None:
    world = await make_world(workers=2)
    one, other = await two(world, worker)
    beaten: list[str] = []
    beat = world.worker.store.beat

    async def noted(room: str, sid: str, conn: str) -> tuple[str, int]:
        beaten.append(sid)
        return await beat(room, sid, conn)

    monkeypatch.setattr(world.worker.store, "beat", noted)
    one.relay(other.sid, b"soon")
    assert (await other.blob())[1] == b"soon"
    assert beaten == []
    world.moment.go(world.settings.limits.presence_s / 3)
    one.relay(other.sid, b"later")
    assert (await other.blob())[1] == b"later"
    await until(lambda: beaten == [one.sid])
