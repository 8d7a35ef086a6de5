"""Two real workers of one `python -m signaling serve`: who gets the connections, what becomes of them at the end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from auth.key_folder import new_folder
from auth.keys import service_key
from auth.origins import allow
from auth.store.opening import open_store
from signaling.dispatcher import PAUSE_S, REPORT, Dispatcher
from signaling.worker_loop import HandedServer, WorkerLoop
from tests.fakes.processes import connections, sockets, workers_of
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port
from tests.signaling.member import ORIGIN

ARRIVALS = 150
WITHIN = 0.2
PATIENCE_S = 120.0  # two processes have to start, also on a machine that is busy
RESTARTS = 1012


class Service:
    """The parent, and how to see its workers."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def workers(self) -> list[int]:
        return workers_of(self.process.pid)

    def shares(self) -> list[int]:
        """How many clients each worker has."""
        return [self.share(worker) for worker in self.workers()]

    def share(self, worker: int) -> int:
        return len(connections(self.port).keys() & sockets(worker))

    async def arrive(self, guests: int) -> list[ClientConnection]:
        return [await self.enter() for _ in range(guests)]

    async def enter(self) -> ClientConnection:
        """Greeted, so it is with a worker."""
        url = f"ws://127.0.0.1:{self.port}/ws"
        client = await connect(
            url, origin=Origin(ORIGIN), subprotocols=[Subprotocol("cw1")], ping_interval=None, open_timeout=PATIENCE_S
        )
        async with asyncio.timeout(PATIENCE_S):
            await client.recv()
        return client


async def until(true: Callable[[], Awaitable[bool] | bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            answer = true()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.02)


@asynccontextmanager
async def serving(folder: Path, redis: RedisServer, **settings: str) -> AsyncIterator[Service]:
    new_folder(folder / "keys", "https://auth.test", int(time.time()))
    store = open_store(redis.url)
    await allow(store, ORIGIN)
    await store.close()
    port = free_port()
    environ = {
        **os.environ, "CHAT_DEVELOPMENT": "1", "REDIS_URL": redis.url, "REDIS_TIMEOUT_MS": "10000",
        "AUTH_URL": "http://127.0.0.1:1", "SERVICE_KEY": service_key(folder / "keys"), "SIGNALING_PORT": str(port),
        "SIGNALING_WORKERS": "2", "SIGNALING_UNAUTHENTICATED_PER_IP": "1000", "SIGNALING_AUTH_DEADLINE_S": "60",
        "SIGNALING_SOCKETS_PER_WORKER": "300", "SIGNALING_DRAIN_S": "0", **settings,
    }  # fmt: skip
    command = [sys.executable, "-m", "signaling", "serve"]
    process = _start(command, environ)
    service = Service(process, port)
    try:
        await until(lambda: _both_answer(service))
        yield service
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


def _start(command: list[str], environ: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


async def _both_answer(service: Service) -> bool:
    """Each has a way to the dispatcher: two who come at the same time are with both."""
    assert service.process.poll() is None, "it has ended"
    try:
        guests = await service.arrive(2)
    except (OSError, TimeoutError, ConnectionClosed):
        return False
    shares = service.shares()
    for guest in guests:
        await guest.close()
    return shares == [1, 1]


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
        try:
            _, descriptors, _, _ = socket.recv_fds(worker, 1, 1)
        except BlockingIOError:
            return 0
        for descriptor in descriptors:
            os.close(descriptor)
        return len(descriptors)

    def report(self, number: int, taken: int, opened: int) -> None:
        self.workers[number].send(REPORT.pack(taken, opened))
        self.dispatcher.turn()


@pytest.fixture
def counter() -> Iterator[Counter]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Counter(Dispatcher(listener), listener.getsockname(), [], [])
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
        self._arrived.append(self)


@pytest.mark.parametrize("kind", [WorkerLoop, asyncio.SelectorEventLoop])
def test_a_worker_takes_what_it_is_handed_and_says_what_it_has(kind: Callable[[], asyncio.AbstractEventLoop]) -> None:
    with asyncio.Runner(loop_factory=kind) as runner:
        runner.run(_work())


async def _work() -> None:
    parent, channel = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    parent.setblocking(False)
    arrived: list[Guest] = []
    server = HandedServer(asyncio.get_running_loop(), lambda: Guest(arrived), channel)
    try:
        await _hand_over(parent, arrived)
    finally:
        server.close()  # else its timer keeps the loop from ending
    assert parent.recv(REPORT.size) == b""
    parent.close()


async def _hand_over(parent: socket.socket, arrived: list[Guest]) -> None:
    callers: list[socket.socket] = []
    for _ in range(3):
        caller, handed = socket.socketpair()
        callers.append(caller)
        with handed:
            socket.send_fds(parent, [b"c"], [handed.fileno()])
    await until(lambda: len(arrived) == 3)
    said: list[bytes] = []

    def tells(opened: int) -> bool:
        with contextlib.suppress(BlockingIOError):
            said.append(parent.recv(REPORT.size))
        return REPORT.pack(3, opened) in said

    await until(lambda: tells(3))
    callers[0].close()
    await until(lambda: tells(2))
    for one in callers:
        one.close()


async def test_a_worker_that_listens_by_itself_still_can() -> None:
    loop = WorkerLoop()
    server = await asyncio.to_thread(loop.run_until_complete, loop.create_server(asyncio.Protocol, "127.0.0.1", 0))
    socket.create_connection(server.sockets[0].getsockname()).close()
    server.close()
    await asyncio.to_thread(loop.run_until_complete, server.wait_closed())
    loop.close()
