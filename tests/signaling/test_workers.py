"""Two real workers of one `python -m signaling serve`: who gets the connections, what becomes of them at the end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import uvicorn
from uvicorn.supervisors import Multiprocess
from websockets.exceptions import ConnectionClosed

from signaling.dispatcher import PAUSE_S, Dispatcher, run_workers
from signaling.homing import Homing
from signaling.packets import CALL, EMPTY, FULL, HOME, LOAD, LOADED, MOST_BYTES, MOVE, MOVED, OURS, THEIRS, WHERE
from signaling.worker_loop import HandedServer, WorkerLoop
from tests.fakes.processes import sockets
from tests.fakes.redis_server import RedisServer
from tests.signaling.service import PATIENCE_S, serving, until

ARRIVALS = 150
WITHIN = 0.2
RESTARTS = 1012
MOST = 1000
LOST = 1
MANY = 40  # more reports than a small channel holds
ROOM, OTHER = bytes(16), bytes([1] * 16)


@pytest.mark.no_cover
async def test_who_arrives_one_after_another_is_spread_evenly(tmp_path: Path, redis_server: RedisServer) -> None:
    async with serving(tmp_path, redis_server) as service:
        await until(lambda: service.shares() == [0, 0])
        guests = await service.arrive(ARRIVALS)
        shares = service.shares()
        assert sum(shares) == ARRIVALS
        assert all(abs(share - ARRIVALS / 2) <= WITHIN * ARRIVALS / 2 for share in shares), shares
        # At its end members are told, and newcomers refused while these move.
        service.process.terminate()
        async with asyncio.timeout(PATIENCE_S):
            for guest in guests:
                await guest.wait_closed()
        assert {guest.close_code for guest in guests} == {RESTARTS}
        with pytest.raises(ConnectionRefusedError):
            await service.enter()


@pytest.mark.no_cover
async def test_when_a_worker_dies_the_next_has_its_place(tmp_path: Path, redis_server: RedisServer) -> None:
    async with serving(tmp_path, redis_server) as service:
        dead, other = service.workers()
        os.kill(dead, signal.SIGKILL)
        await until(lambda: not Path(f"/proc/{dead}").exists())
        await service.arrive(4)  # nobody waits for the one that is gone
        assert service.share(other) >= 4
        await until(lambda: len(service.workers()) == 2)

        async def is_replaced() -> bool:
            probe = await service.enter()
            shares = service.shares()
            if 0 in shares or len(shares) == 1:
                await probe.close()
            return 0 not in shares and len(shares) == 2

        await until(is_replaced)
        guests = await service.arrive(3)
        (new,) = [worker for worker in service.workers() if worker != other]
        assert service.share(new) == 4
        # Without their parent nobody comes, so they end and their members go elsewhere.
        workers = service.workers()
        service.process.kill()
        async with asyncio.timeout(PATIENCE_S):
            for guest in guests:
                await guest.wait_closed()
        assert {guest.close_code for guest in guests} == {RESTARTS}
        await until(lambda: all(len(sockets(worker)) == 0 for worker in workers))


@pytest.mark.no_cover
@pytest.mark.parametrize("workers", ["1", "2"])
async def test_on_sighup_members_move_and_others_are_taken(
    tmp_path: Path, redis_server: RedisServer, workers: str
) -> None:
    async with serving(tmp_path, redis_server, SIGNALING_WORKERS=workers) as service:
        guest = await service.enter()
        service.process.send_signal(signal.SIGHUP)
        async with asyncio.timeout(PATIENCE_S):
            await guest.wait_closed()
        assert guest.close_code == RESTARTS

        async def is_back() -> bool:
            with contextlib.suppress(OSError, TimeoutError, ConnectionClosed):
                await service.enter()
                return True
            return False

        await until(is_back)
        assert service.process.poll() is None


def test_a_dispatcher_that_breaks_ends_the_service(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_dispatcher: Dispatcher) -> None:
        raise ValueError("a secret in a text")

    ended: list[bool] = []
    looks = iter(range(40))  # each waits for half a second; StopIteration when it does not end
    monkeypatch.setattr(Multiprocess, "keep_subprocess_alive", lambda _supervisor: next(looks))
    monkeypatch.setattr(Dispatcher, "turn", broken)
    monkeypatch.setattr(Multiprocess, "init_processes", lambda _supervisor: None)
    monkeypatch.setattr(Multiprocess, "join_all", lambda supervisor: ended.append(supervisor.should_exit.is_set()))
    with pytest.raises(SystemExit) as status:
        run_workers(uvicorn.Config("nothing:at_all", port=0, workers=2, log_level="critical"), MOST)
    assert (status.value.code, ended) == (1, [True])
    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["event"], line["error"]) == ("dispatcher.broken", "ValueError")
    assert "secret" not in str(line)


def test_a_worker_that_has_died_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Worker:
        exitcode = -signal.SIGKILL

        def terminate(self) -> None:
            return

    def begin(supervisor: Multiprocess) -> None:
        supervisor.processes = [Worker(), Worker()]  # type: ignore[list-item]

    def replace(supervisor: Multiprocess) -> None:
        supervisor.processes[0] = Worker()  # type: ignore[call-overload]
        supervisor.should_exit.set()

    monkeypatch.setattr(Multiprocess, "init_processes", begin)
    monkeypatch.setattr(Multiprocess, "keep_subprocess_alive", replace)
    monkeypatch.setattr(Multiprocess, "join_all", lambda _supervisor: None)
    before = set(threading.enumerate())
    run_workers(uvicorn.Config("nothing:at_all", port=0, workers=2, log_level="critical"), MOST)
    for dispatching in set(threading.enumerate()) - before:
        dispatching.join(PATIENCE_S)
    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["event"], line["code"]) == ("worker.replaced", -signal.SIGKILL)


@dataclass
class Counter:
    """A dispatcher whose turns the test makes itself, and two workers that are the test."""

    dispatcher: Dispatcher
    address: tuple[str, int]
    workers: list[socket.socket]
    callers: list[socket.socket]

    def call(self) -> list[int]:
        """Somebody calls; how many each worker is handed."""
        self.callers.append(socket.create_connection(self.address))
        self.dispatcher.turn()
        return [self.take(worker) for worker in self.workers]

    def take(self, worker: socket.socket) -> int:
        return int(self.handed(worker) == CALL)

    def say(self, number: int, packet: bytes) -> None:
        self.workers[number].send(packet)
        self.dispatcher.turn()

    def ask(self, number: int, room: bytes) -> bytes:
        """The verdict."""
        self.say(number, WHERE + room)
        answer = self.workers[number].recv(MOST_BYTES)
        assert (answer[:1], answer[2:]) == (HOME, room)
        return answer[1:2]

    def move(self, number: int, room: bytes) -> list[bytes]:
        """One worker hands somebody on; what each is handed."""
        moved, caller = socket.socketpair()
        self.callers.append(caller)
        with moved:
            socket.send_fds(self.workers[number], [MOVE + room + b"said"], [moved.fileno()])
        self.dispatcher.turn()
        return [self.handed(worker) for worker in self.workers]

    def handed(self, worker: socket.socket) -> bytes:
        try:
            packet, descriptors, _, _ = socket.recv_fds(worker, MOST_BYTES, 1)
        except BlockingIOError:
            return b""
        for descriptor in descriptors:
            os.close(descriptor)
        return packet

    def report(self, number: int, taken: int, opened: int) -> None:
        self.say(number, LOAD.pack(LOADED, taken, opened))


@pytest.fixture
def counter() -> Iterator[Counter]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Counter(Dispatcher(listener, MOST), listener.getsockname(), [], [])
        for _ in range(2):
            mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            socket.send_fds(found.dispatcher.registry, [b"w"], [theirs.fileno()])
            theirs.close()
            found.dispatcher.turn()
            mine.setblocking(False)
            found.workers.append(mine)
        yield found
        with contextlib.suppress(OSError):
            found.dispatcher.close()
        found.dispatcher.run()
        for one in (*found.workers, *found.callers):
            one.close()


def test_the_next_goes_where_the_fewest_are(counter: Counter) -> None:
    assert sorted((counter.call(), counter.call())) == [[0, 1], [1, 0]]
    assert sorted((counter.call(), counter.call())) == [[0, 1], [1, 0]]
    counter.report(0, taken=2, opened=0)
    assert [counter.call(), counter.call()] == [[1, 0], [1, 0]]
    counter.report(0, taken=3, opened=0)  # the fourth is still on its way
    assert counter.call() == [1, 0]
    assert sorted((counter.call(), counter.call())) == [[0, 1], [1, 0]]


def test_what_a_worker_does_not_take_another_does(counter: Counter) -> None:
    counter.workers[0].shutdown(socket.SHUT_RD)
    assert [counter.call(), counter.call(), counter.call()] == [[0, 1]] * 3


def test_while_there_is_no_worker_calls_wait_for_the_next(counter: Counter) -> None:
    for worker in counter.workers:
        worker.close()
        counter.dispatcher.turn()
    counter.callers.append(socket.create_connection(counter.address))
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    socket.send_fds(counter.dispatcher.registry, [b"w"], [theirs.fileno()])
    theirs.close()
    mine.setblocking(False)
    counter.dispatcher.turn()
    counter.dispatcher.turn()
    counter.workers[:] = [mine]
    assert counter.take(mine) == 1


def test_where_nothing_can_be_accepted_it_waits(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("signaling.dispatcher.time.sleep", waited.append)
    counter.dispatcher.close()
    counter.dispatcher.turn()
    assert waited == [PAUSE_S]


class Guest(asyncio.Protocol):
    """One end of what was handed over."""

    def __init__(self, arrived: list[Guest]) -> None:
        self._arrived = arrived

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._arrived.append(self)


@pytest.mark.parametrize("kind", [WorkerLoop, asyncio.SelectorEventLoop])
def test_a_worker_takes_what_it_is_handed_and_says_at_once_what_it_has(
    kind: Callable[[], asyncio.AbstractEventLoop], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.worker_loop.LOOK_EVERY_S", 3600)
    with asyncio.Runner(loop_factory=kind) as runner:
        runner.run(_work(_hand_over))


@pytest.mark.parametrize("kind", [WorkerLoop, asyncio.SelectorEventLoop])
def test_a_parent_that_took_nothing_is_told_later(kind: Callable[[], asyncio.AbstractEventLoop]) -> None:
    with asyncio.Runner(loop_factory=kind) as runner:
        runner.run(_work(_hand_over_to_one_who_does_not_look))


async def _work(hand_over: Callable[[socket.socket, list[Guest], Homing], Awaitable[None]]) -> None:
    parent, channel = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    parent.setblocking(False)
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)  # the least that there is: a few packets
    arrived: list[Guest] = []
    homing = Homing()
    server = HandedServer(asyncio.get_running_loop(), lambda: Guest(arrived), channel, homing)
    try:
        await hand_over(parent, arrived, homing)
    finally:  # else they keep the loop from ending
        server.close()
        for guest in arrived:
            guest.transport.close()
    assert parent.recv(LOAD.size) == b""
    parent.close()


async def _hand_over(parent: socket.socket, arrived: list[Guest], homing: Homing) -> None:
    callers: list[socket.socket] = []
    parent.send(CALL)  # the connection was lost on the way, and counts until the worker looks again
    for _ in range(3):
        callers.append(_call(parent))
    await until(lambda: len(arrived) == 3)
    await until(lambda: LOAD.pack(LOADED, 4, 3 + LOST) in _told(parent))
    homing.turn_away()
    callers[0].close()
    await until(lambda: LOAD.pack(LOADED, 4, 2 + LOST + 1) in _told(parent))
    for one in callers:
        one.close()


async def _hand_over_to_one_who_does_not_look(
    parent: socket.socket, arrived: list[Guest], homing: Homing
) -> None:
    homing.turn_away()
    for _ in range(MANY):
        before = len(arrived)
        _call(parent).close()
        await until(partial(_differs, arrived, before))
    assert 0 < len(_told(parent)) < MANY
    await until(lambda: LOAD.pack(LOADED, MANY, 0) in _told(parent))


def _differs(arrived: list[Guest], before: int) -> bool:
    return len(arrived) != before


def _call(parent: socket.socket) -> socket.socket:
    caller, handed = socket.socketpair()
    with handed:
        socket.send_fds(parent, [CALL], [handed.fileno()])
    return caller


def _told(parent: socket.socket) -> list[bytes]:
    """All that has come since it was asked last."""
    said: list[bytes] = []
    with contextlib.suppress(BlockingIOError):
        while True:
            said.append(parent.recv(LOAD.size))
    return said


async def test_a_worker_that_listens_by_itself_still_can() -> None:
    loop = WorkerLoop()
    server = await asyncio.to_thread(loop.run_until_complete, loop.create_server(asyncio.Protocol, "127.0.0.1", 0))
    socket.create_connection(server.sockets[0].getsockname()).close()
    server.close()
    await asyncio.to_thread(loop.run_until_complete, server.wait_closed())
    loop.close()


def test_a_room_is_at_home_where_it_was_asked_for_first_until_it_is_empty_there(counter: Counter) -> None:
    assert [counter.ask(0, ROOM), counter.ask(1, ROOM), counter.ask(0, ROOM)] == [OURS, THEIRS, OURS]
    assert counter.ask(1, OTHER) == OURS
    counter.say(1, EMPTY + ROOM)  # whose it is not
    assert counter.ask(1, ROOM) == THEIRS
    counter.say(0, EMPTY + OTHER + ROOM)
    assert [counter.ask(1, ROOM), counter.ask(0, OTHER)] == [OURS, THEIRS]


def test_the_rooms_of_a_worker_that_ends_are_at_home_nowhere(counter: Counter) -> None:
    assert [counter.ask(0, ROOM), counter.ask(1, ROOM)] == [OURS, THEIRS]
    counter.workers[0].close()
    counter.dispatcher.turn()
    assert counter.ask(1, ROOM) == OURS


def test_a_worker_that_is_full_draws_nobody(counter: Counter) -> None:
    assert counter.ask(0, ROOM) == OURS
    counter.report(0, taken=0, opened=MOST - 1)
    assert counter.ask(1, ROOM) == THEIRS
    counter.report(0, taken=0, opened=MOST)
    assert [counter.ask(1, ROOM), counter.ask(0, ROOM)] == [FULL, OURS]


def test_who_is_handed_on_comes_to_the_rooms_home_and_counts_there(counter: Counter) -> None:
    assert [counter.ask(0, ROOM), counter.ask(1, ROOM)] == [OURS, THEIRS]
    counter.report(0, taken=0, opened=5)
    assert counter.move(1, ROOM) == [MOVED + b"said", b""]  # though the other has fewer
    counter.report(0, taken=1, opened=6)
    counter.report(1, taken=0, opened=10)
    for _ in range(2):
        assert counter.move(1, ROOM) == [MOVED + b"said", b""]
    # Eight each, so the next two go to both.
    assert sorted((counter.call(), counter.call())) == [[0, 1], [1, 0]]


def test_who_is_handed_on_comes_back_where_the_home_has_just_ended(counter: Counter) -> None:
    assert counter.move(1, ROOM) == [b"", MOVED + b"said"]
    assert [counter.ask(0, ROOM), counter.ask(1, ROOM)] == [THEIRS, OURS]
    counter.workers[1].shutdown(socket.SHUT_RD)
    assert counter.move(1, ROOM)[0] == MOVED + b"said"


def test_a_worker_that_does_not_look_keeps_nobody_from_an_answer(counter: Counter) -> None:
    for number in range(10_000):  # far more than fit
        counter.say(0, WHERE + number.to_bytes(16, "big"))
    assert counter.ask(1, ROOM) == THEIRS


def test_a_worker_notices_that_a_parent_died_before_it_had_read_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """On uvloop, whose watch on a channel in error ends without a word."""
    ended: list[int] = []
    monkeypatch.setattr("signal.raise_signal", ended.append)

    async def watch() -> None:
        mine, parents = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        server = HandedServer(asyncio.get_running_loop(), asyncio.Protocol, mine, Homing())
        mine.send(WHERE + bytes(16))  # is never read
        parents.close()
        await until(lambda: len(ended) > 0)
        server.close()

    with asyncio.Runner(loop_factory=WorkerLoop) as runner:
        runner.run(watch())
    assert ended == [signal.SIGTERM]
