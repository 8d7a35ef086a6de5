"""What the bench says of relays: callers that count right, and goals that are met or missed by what was measured."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from bench.caller_process import CallerProcess, hand_over
from bench.callers import LEAST_BYTES, Caller, Pair, frame_of
from bench.relaying import (
    AT_ONCE,
    BARE_APART,
    LOOPS,
    PROCESSORS,
    ApartSide,
    RelayFigures,
    Side,
    on_one_processor,
    relay_goals,
    relay_lines,
)

KINDS = ("directed", "relayed")
TWO_BARE = "relayed, 1 in flight: two workers, a processor each / one (two bare relays: 1.10)"
COUNT = "import os; print(len(os.sched_getaffinity(0)), end='')"


def figures(**changed: float) -> RelayFigures:
    """Everything at its goal, but for what is `changed`: a name with _ for each space, and its microseconds."""
    names = {f"bare relay, {loop}": 10.0 for loop in LOOPS}
    names |= {f"ours, {kind}, {loop}": 13.0 for kind in KINDS for loop in LOOPS}
    names |= {f"two workers, {kind}, a processor each": 13 * 1.15 - 1e-9 for kind in KINDS}
    names[BARE_APART] = 11.0
    names["PeerJS's server"] = 13 / 1.5 + 1e-9
    names |= {name.replace("_", " "): us for name, us in changed.items()}
    sides = []
    for name, us in names.items():
        times = {at_once: [us, us + 5, us - 5] for at_once in AT_ONCE}
        sides.append(Side(name, list, [], times, {at_once: [1000.0] for at_once in AT_ONCE}))
    return RelayFigures(3, sides)


def missed(**changed: float) -> int:
    return sum(not goal.is_met for goal in relay_goals(figures(**changed)))


def test_each_figure_has_its_goal() -> None:
    assert missed() == 0
    assert missed(**{"ours,_directed,_asyncio": 13.1}) == len(AT_ONCE)
    assert missed(**{"bare_relay,_uvloop": 9.9}) == 2 * len(AT_ONCE)
    assert missed(**{"PeerJS's_server": 8.6}) == 2
    assert missed(**{"two_workers,_relayed,_a_processor_each": 15.0}) == len(AT_ONCE)
    assert [goal.what for goal in relay_goals(figures())].count(TWO_BARE) == 1
    assert "| PeerJS's server | 8.7 | 8.7 | 1,000 | 1,000 |" in relay_lines(figures())


def test_servers_and_callers_share_one_processor_while_they_are_measured() -> None:
    before = os.sched_getaffinity(0)
    with on_one_processor():
        child = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, check=True)
        assert (len(os.sched_getaffinity(0)), child.stdout) == (1, b"1")
    assert os.sched_getaffinity(0) == before


async def test_callers_of_another_process_go_on_with_connections_of_this_one() -> None:
    heard: list[int] = []
    sockets: list[ServerConnection] = []

    async def relay(socket: ServerConnection) -> None:
        number = len(sockets)
        sockets.append(socket)
        async for message in socket:
            heard.append(number)
            await sockets[number ^ 1].send(message)

    async with serve(relay, "127.0.0.1", 0, compression=None) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        processes = [CallerProcess(PROCESSORS[-1]) for _ in range(2)]
        frame = frame_of(bytes(LEAST_BYTES))
        for callers in processes:
            pair = [await connect(url, compression=None, ping_interval=None) for _ in range(2)]
            hand_over(callers, pair, (frame, frame))
        side = ApartSide("two", list, [], callers=processes)
        async with asyncio.timeout(60):
            await side.talk(1, 3)
            assert heard == [0, 1, 0]
            await side.talk(2, 4)
        for callers in processes:
            callers.close()
    assert sorted(heard) == sorted([0, 1, 0] + [0, 1] * 2 + [2, 3] * 2)


@pytest.mark.parametrize("data", ["a" * LEAST_BYTES, bytes(LEAST_BYTES)])
async def test_two_callers_say_as_much_as_they_are_asked_to(data: Any) -> None:
    heard: list[Any] = []
    sockets: list[ServerConnection] = []

    async def relay(socket: ServerConnection) -> None:
        sockets.append(socket)
        await socket.send("short, and not counted")
        async for message in socket:
            heard.append(message)
            (other,) = [one for one in sockets if one is not socket]
            await other.send(message)

    async with serve(relay, "127.0.0.1", 0, compression=None) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        clients = [await connect(url, compression=None, ping_interval=None) for _ in range(2)]
        pair = Pair(*[Caller(client.transport, frame_of(data)) for client in clients])
        async with asyncio.timeout(60):
            await pair.talk(7)
            await pair.talk(1)
            for socket in sockets:
                assert await (await socket.ping()) > 0  # it is answered, so nobody is cut off
        assert heard == [data] * 8
        for client in clients:
            client.transport.abort()
