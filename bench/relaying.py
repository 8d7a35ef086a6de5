"""What passing on a message costs a server: signaling beside a bare Starlette relay and PeerJS's server.

`python -m bench relaying` runs it alone. All servers run at once and are called in turn, round after round, and share
one processor with the callers: what it costs to wake another one is no server's, and more than all the rest. Processor
time is the kernel's, of all threads of a server's processes, without Redis. The callers send frames that were made
before and only count what arrives.

Two workers are there for two processors: each has one, and shares it with the callers of its rooms, as one worker
does. All on one processor they take each other's caches, which two bare relays do too; that is measured beside.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvloop
from websockets.asyncio.client import connect

from auth.key_folder import new_folder
from auth.keys import load_keys
from bench.caller_process import CallerProcess, hand_over
from bench.callers import Caller, Pair, frame_of
from bench.goals import Goal
from bench.hosting import QUIET, STARTS_WITHIN_S, Http, environment, service
from bench.peerjs import running_peer_server
from examples.demo.server import free_port
from tests.browser.turn_server import wait_until_it_listens
from tests.fakes.processes import children, command_of, connections, processor_us, sockets, workers_of
from tests.fakes.redis_server import running_redis
from tests.signaling.member import Line, Member
from widget.wire.client_text import write_signal
from widget.wire.relayed import write_relay

PATIENCE_S = 120.0
LOOK_EVERY_S = 0.1
BODY = 600  # characters or bytes
AT_ONCE = (1, 16)  # pairs that talk, each with one message in flight
MESSAGES = {1: 1600, 16: 12_800}
LOOPS = ("uvloop", "asyncio")
ANSWER = "a" * BODY
BLOB = bytes(BODY)
TWO_AND_ONE = (("two workers", ", a processor each"), ("ours", ", uvloop"))
BARE_APART = "2 bare relays, a processor each"
PROCESSORS = sorted(os.sched_getaffinity(0))
PEER_READY = '{"type":"OPEN"}'


@dataclass
class Side:
    """One server and what is said through it."""

    name: str
    processes: Callable[[], Sequence[int]]
    pairs: list[Pair]
    us: dict[int, list[float]] = field(default_factory=lambda: {at_once: [] for at_once in AT_ONCE})
    per_s: dict[int, list[float]] = field(default_factory=lambda: {at_once: [] for at_once in AT_ONCE})

    async def measure(self, at_once: int, counts: bool) -> None:
        messages = MESSAGES[at_once]
        before_us, begun = processor_us(self.processes()), time.perf_counter()
        async with asyncio.timeout(PATIENCE_S):
            await self.talk(at_once, messages // at_once)
        took_s, spent_us = time.perf_counter() - begun, processor_us(self.processes()) - before_us
        if counts:
            self.us[at_once].append(spent_us / messages)
            self.per_s[at_once].append(messages / took_s)


    async def talk(self, at_once: int, messages: int) -> None:
        await asyncio.gather(*(pair.talk(messages) for pair in self.pairs[:at_once]))


@dataclass
class ApartSide(Side):
    """Of several workers and several processes of callers, each with one on its processor."""

    callers: list[CallerProcess] = field(default_factory=list)

    async def talk(self, at_once: int, messages: int) -> None:
        left, works = at_once, []
        for callers in self.callers:
            works.append(callers.talk(min(left, callers.pairs), messages))
            left -= min(left, callers.pairs)
        await asyncio.gather(*works)


@dataclass(frozen=True)
class RelayFigures:
    rounds: int
    sides: list[Side]

    def us(self, name: str, at_once: int) -> float:
        (side,) = [side for side in self.sides if side.name == name]
        return statistics.median(side.us[at_once])


def relay_figures(rounds: int) -> RelayFigures:
    with (
        on_one_processor(),
        tempfile.TemporaryDirectory() as folder,
        running_redis(free_port()) as redis,
        ExitStack() as running,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        return runner.run(_figures(Deployment(Path(folder), redis.url, running), rounds))


async def _figures(deployment: Deployment, rounds: int) -> RelayFigures:
    sides: list[Side] = []
    for loop in LOOPS:
        sides.append(await deployment.bare(loop))
        sides += await deployment.one_worker(loop)
    sides.append(await deployment.bare(LOOPS[0], 2))
    sides.append(await deployment.bare_apart())
    sides += await deployment.two_workers()
    sides += await deployment.two_workers_apart()
    sides += await deployment.two_services()
    sides.append(await deployment.peerjs())
    for number in range(rounds + 1):
        for side in sides:
            for at_once in AT_ONCE:
                await side.measure(at_once, counts=number > 0)  # the first round warms up
        print(f"bench: relaying, round {number + 1} of {rounds + 1}", file=sys.stderr)
    return RelayFigures(rounds, sides)


class Deployment:
    """All servers on one Redis, and who talks through them."""

    def __init__(self, folder: Path, redis_url: str, running: ExitStack) -> None:
        self._running = running
        port = free_port()
        self._issuer = f"http://127.0.0.1:{port}"
        new_folder(folder / "keys", self._issuer, int(time.time()))
        self._signing = load_keys(folder / "keys", int(time.time())).signing_key(int(time.time()))
        self._environ = environment(folder / "keys", redis_url, (port, 0))
        running.enter_context(service("auth", port, self._environ))

    async def bare(self, loop: str, count: int = 1) -> Side:
        """`count` of them, which know nothing of each other, take turns in having a pair."""
        servers = [self._server("bare", loop) for _ in range(count)]
        text = write_signal("0" * 32, "answer", ANSWER)
        pairs = [
            await _pair(f"ws://127.0.0.1:{servers[number % count][0]}/floor/{number}", text)
            for number in range(max(AT_ONCE))
        ]
        name = f"bare relay, {loop}" if count == 1 else f"{count} bare relays, {loop}"
        return Side(name, lambda: [process for _, find in servers for process in find()], pairs)

    async def bare_apart(self) -> Side:
        """Two of them as two workers are below: what a second processor costs by itself."""
        servers = [self._server("bare", LOOPS[0]) for _ in range(2)]
        text = frame_of(write_signal("0" * 32, "answer", ANSWER))
        callers: list[CallerProcess] = []
        for (port, find), processor in zip(servers, (PROCESSORS[0], PROCESSORS[-1]), strict=True):
            for process in find():
                os.sched_setaffinity(process, {processor})
            callers.append(self._callers(processor))
            for number in range(max(AT_ONCE) // 2):
                url = f"ws://127.0.0.1:{port}/floor/{number}"
                sockets = [await connect(url, compression=None, ping_interval=None) for _ in range(2)]
                hand_over(callers[-1], sockets, (text, text))

        def processes() -> list[int]:
            return [process for _, find in servers for process in find()]

        return ApartSide(BARE_APART, processes, [], callers=callers)

    async def one_worker(self, loop: str) -> list[Side]:
        port, processes = self._server("ours", loop)
        return await self._sides(f"ours, {{}}, {loop}", processes, (port, port))

    async def two_workers(self) -> list[Side]:
        """Pairs as they come to one service, which brings the members of a room together."""
        port, processes = self._of_two_workers()
        return await self._sides("two workers, {}", processes, (port, port))

    async def two_workers_apart(self) -> list[Side]:
        """The same with each worker on a processor of its own, and the callers of its rooms with it."""
        port, processes = self._of_two_workers()
        places = dict(zip(processes(), (PROCESSORS[0], PROCESSORS[-1]), strict=True))
        for worker, processor in places.items():
            os.sched_setaffinity(worker, {processor})
        sides: list[Side] = []
        for kind in ("directed", "relayed"):
            callers = {worker: self._callers(processor) for worker, processor in places.items()}
            name = f"two workers, {kind}, a processor each"
            sides.append(ApartSide(name, processes, [], callers=list(callers.values())))
            for _ in range(max(AT_ONCE)):
                one, other = await self._enter((port, port))
                frames = _frames(one, other, kind == "directed")
                hand_over(callers[_home(one, port, processes())], (one.socket, other.socket), frames)
        return sides

    def _of_two_workers(self) -> tuple[int, Callable[[], list[int]]]:
        port = free_port()
        parent = self._running.enter_context(
            service("signaling", port, {**self._environ, "SIGNALING_PORT": str(port), "SIGNALING_WORKERS": "2"})
        )
        deadline_s = time.monotonic() + STARTS_WITHIN_S
        while len(workers_of(parent.pid)) < 2:  # it listens before both are there
            assert time.monotonic() < deadline_s
            time.sleep(LOOK_EVERY_S)
        return port, lambda: workers_of(parent.pid)

    def _callers(self, processor: int) -> CallerProcess:
        made = CallerProcess(processor)
        self._running.callback(made.close)
        return made

    async def two_services(self) -> list[Side]:
        """One member with each, as on two hosts: what they say goes through Redis."""
        servers = [self._server("ours", "uvloop") for _ in range(2)]
        ports = [port for port, _ in servers]

        def processes() -> list[int]:
            return [process for _, find in servers for process in find()]

        return await self._sides("two services, {}, one on each", processes, ports)

    async def peerjs(self) -> Side:
        port = self._running.enter_context(running_peer_server())
        (process,) = [child for child in children(os.getpid()) if "peerjs" in command_of(child)]
        url = f"ws://127.0.0.1:{port}/peerjs?key=peerjs&token=t&version=1.5.5&id="
        pairs = []
        for number in range(max(AT_ONCE)):
            callers = []
            for me, other in (("a", "b"), ("b", "a")):
                said = {"type": "ANSWER", "payload": ANSWER, "dst": f"{other}{number}"}
                socket = await connect(f"{url}{me}{number}", compression=None, ping_interval=None)
                assert await socket.recv() == PEER_READY
                callers.append(Caller(socket.transport, frame_of(json.dumps(said))))
            pairs.append(Pair(*callers))
        return Side("PeerJS's server", lambda: [process], pairs)

    def _server(self, kind: str, loop: str) -> tuple[int, Callable[[], list[int]]]:
        port = free_port()
        process = self._running.enter_context(_running(kind, loop, port, self._environ))
        return port, lambda: [process.pid]

    async def _sides(self, name: str, processes: Callable[[], list[int]], ports: Sequence[int]) -> list[Side]:
        """Directed and relayed: each pair is a room, with one member at each of the ports."""
        sides = [Side(name.format(kind), processes, []) for kind in ("directed", "relayed")]
        for side in sides:
            for _ in range(max(AT_ONCE)):
                one, other = await self._enter(ports)
                side.pairs.append(_joined(one, other, side is sides[0]))
        return sides

    async def _enter(self, ports: Sequence[int]) -> list[Line]:
        clock, servers = SimpleNamespace(now_s=time.time), [_server_at(f"127.0.0.1:{port}") for port in ports]
        world: Any = SimpleNamespace(
            moment=clock, issuer=self._issuer, signing=self._signing, servers=servers, lines=[]
        )
        members = [Member(world, "Host"), *(Member(world, "Guest") for _ in ports[1:])]
        room = await members[0].make()
        return [await member.join(room, number, ping_interval=None) for number, member in enumerate(members)]


def _server_at(host: str) -> SimpleNamespace:
    return SimpleNamespace(ws_url=f"ws://{host}", http_url=f"http://{host}", host=host, http=Http(host))


def _joined(one: Line, other: Line, is_directed: bool) -> Pair:
    frames = _frames(one, other, is_directed)
    return Pair(Caller(one.socket.transport, frames[0]), Caller(other.socket.transport, frames[1]))


def _frames(one: Line, other: Line, is_directed: bool) -> tuple[bytes, bytes]:
    """What each sends the other from now on, when nobody else reads its line."""
    for line in (one, other):
        for task in line.tasks:
            task.cancel()
    to_other, to_one = (
        frame_of(write_signal(to.sid, "answer", ANSWER) if is_directed else write_relay(to.sid, BLOB))
        for to in (other, one)
    )
    return to_other, to_one


def _home(line: Line, port: int, workers: Sequence[int]) -> int:
    """The worker that has its connection."""
    mine = line.socket.transport.get_extra_info("sockname")[1]
    (inode,) = [inode for inode, caller in connections(port).items() if caller == mine]
    (worker,) = [worker for worker in workers if inode in sockets(worker)]
    return worker


async def _pair(url: str, text: str) -> Pair:
    sockets = [await connect(url, compression=None, ping_interval=None) for _ in range(2)]
    return Pair(*[Caller(socket.transport, frame_of(text)) for socket in sockets])


@contextmanager
def on_one_processor() -> Iterator[None]:
    """This process, and those that it starts."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


@contextmanager
def _running(kind: str, loop: str, port: int, environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "bench.relay_server", kind, loop, str(port)]
    with subprocess.Popen(command, env=os.environ | environ, stdout=QUIET, stderr=QUIET) as process:
        try:
            wait_until_it_listens(port, STARTS_WITHIN_S)
            yield process
        finally:
            process.kill()


def relay_lines(figures: RelayFigures) -> list[str]:
    """The part of the report."""
    rows = []
    for side in figures.sides:
        cells = [f"{statistics.median(side.us[at_once]):.1f}" for at_once in AT_ONCE]
        rates = [f"{statistics.median(side.per_s[at_once]):,.0f}" for at_once in AT_ONCE]
        rows.append(f"| {side.name} | {' | '.join(cells)} | {' | '.join(rates)} |")
    return [
        f"A message of {BODY} characters or bytes passed on, processor time in us and messages a second with one and "
        f"{max(AT_ONCE)} in flight, median of {figures.rounds} interleaved rounds:",
        "",
        "| | us, one | us, 16 | a second, one | a second, 16 |",
        "|---|---|---|---|---|",
        *rows,
    ]


def relay_goals(figures: RelayFigures) -> list[Goal]:
    goals: list[Goal] = []
    for kind in ("directed", "relayed"):
        for loop in LOOPS:
            for at_once in AT_ONCE:
                ratio = figures.us(f"ours, {kind}, {loop}", at_once) / figures.us(f"bare relay, {loop}", at_once)
                goals.append(Goal(f"{kind}, {at_once} in flight / bare relay, {loop}", ratio, 1.3))
        ratio = figures.us(f"ours, {kind}, uvloop", 1) / figures.us("PeerJS's server", 1)
        goals.append(Goal(f"{kind}, 1 in flight / PeerJS's server", ratio, 1.5))
        for at_once in AT_ONCE:
            two, one = (figures.us(f"{name}, {kind}{loop}", at_once) for name, loop in TWO_AND_ONE)
            floor = figures.us(BARE_APART, at_once) / figures.us(f"bare relay, {LOOPS[0]}", at_once)
            what = f"{kind}, {at_once} in flight: two workers, a processor each / one"
            goals.append(Goal(f"{what} (two bare relays: {floor:.2f})", two / one, 1.15))
    return goals
