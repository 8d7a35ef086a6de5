"""What one signaling process costs its host: memory at rest and for a socket, processor time for a relayed message.

`python -m bench hosting` runs it alone. The process is the one that `python -m signaling serve` starts, with a
redis-server of its own; its memory and time are the kernel's. Its clients live in this process.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx

from auth.key_folder import new_folder
from auth.keys import load_keys, service_key
from bench.goals import Goal
from examples.demo.server import free_port
from tests.browser.turn_server import wait_until_it_listens
from tests.fakes.redis_server import running_redis
from tests.signaling.member import Line, Member

SOCKETS = 2_000
ROOM = 10
PAIRS = 50
MESSAGES = 200  # of each pair
BLOB = bytes(600)
FAR_AWAY = 10**6
QUIET_S = "600"  # nobody beats here
TICKS_A_S = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN_S = 180.0
QUIET = subprocess.DEVNULL
MAIL = "smtp://127.0.0.1:1"


@dataclass(frozen=True)
class Cost:
    sockets: int
    rest_mib: float
    socket_kib: float
    message_us: float


def hosting_costs() -> Cost:
    """With 2,000 sockets, in rooms of ten."""
    least = 2 * SOCKETS + 1000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < least:
        resource.setrlimit(resource.RLIMIT_NOFILE, (least, max(least, hard)))
    return measure(SOCKETS)


def hosting_lines(cost: Cost) -> list[str]:
    return [
        f"One signaling process for its host: {cost.rest_mib:.0f} MiB at rest and {cost.socket_kib:.1f} KiB for each "
        f"of {cost.sockets:,} sockets in rooms of {ROOM}; {cost.message_us:.0f} us of one core for a relayed message "
        f"of {len(BLOB)} bytes, {PAIRS} pairs with one in flight each.",
    ]


def hosting_goals(cost: Cost) -> list[Goal]:
    return [Goal("a socket of signaling, KiB", cost.socket_kib, 40)]


def measure(sockets: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder, running_redis(free_port()) as redis:
        return asyncio.run(_measure(Path(folder), redis.url, sockets))


async def _measure(folder: Path, redis_url: str, sockets: int) -> Cost:
    ports = free_port(), free_port()
    issuer = f"http://127.0.0.1:{ports[0]}"
    new_folder(folder / "keys", issuer, int(time.time()))
    keys = load_keys(folder / "keys", int(time.time()))
    environ = environment(folder / "keys", redis_url, ports)
    with service("auth", ports[0], environ), service("signaling", ports[1], environ) as process:
        url = f"127.0.0.1:{ports[1]}"
        server = SimpleNamespace(ws_url=f"ws://{url}", http_url=f"http://{url}", host=url, http=Http(url))
        clock = SimpleNamespace(now_s=time.time)
        world: Any = SimpleNamespace(
            moment=clock, issuer=issuer, signing=keys.signing_key(int(time.time())), servers=[server], lines=[]
        )
        return await _load(world, process.pid, sockets)


async def _load(world: Any, process: int, sockets: int) -> Cost:
    await _enter(world, ROOM)  # what is made with the first is not theirs
    before_kib = _memory_kib(process)
    rooms = [await _enter(world, ROOM) for _ in range(sockets // ROOM)]
    socket_kib = (_memory_kib(process) - before_kib) / sockets
    pairs = [pair for lines in rooms for pair in zip(lines[::2], lines[1::2], strict=True)][:PAIRS]
    begun_s = _processor_s(process)
    await asyncio.gather(*(_talk(*pair) for pair in pairs))
    message_us = (_processor_s(process) - begun_s) / (2 * MESSAGES * len(pairs)) * 1e6
    for line in world.lines:
        for task in line.tasks:
            task.cancel()
    return Cost(sockets, before_kib / 1024, socket_kib, message_us)


async def _enter(world: Any, people: int) -> list[Line]:
    host = Member(world, "Host")
    room = await host.make()
    members = [host, *(Member(world, "Guest") for _ in range(people - 1))]
    return [await member.join(room) for member in members]


async def _talk(one: Line, other: Line) -> None:
    """One message in flight, to and fro."""
    for _ in range(MESSAGES):
        for sender, receiver in ((one, other), (other, one)):
            sender.relay(receiver.sid, BLOB)
            while not isinstance(await receiver.raw(), bytes):
                pass


class Http:
    """What a member posts with."""

    def __init__(self, host: str) -> None:
        self._host = host

    async def post(self, path: str, **options: Any) -> Any:
        async with httpx.AsyncClient(base_url=f"http://{self._host}", timeout=STARTS_WITHIN_S) as client:
            return await client.post(path, **options)


def environment(keys: Path, redis_url: str, ports: tuple[int, int]) -> dict[str, str]:
    limits = (
        "UNAUTHENTICATED_PER_IP", "SOCKETS_PER_IP", "JOINS_PER_USER_HOUR", "CREATES_PER_IP_HOUR", "RELAYS_PER_S",
        "RELAYS_BURST", "RELAY_BYTES_PER_S", "RELAY_BURST_BYTES", "ROOM_RELAY_BYTES_PER_S", "ROOM_RELAY_BURST_BYTES",
        "WORKER_RELAY_BYTES_PER_S", "SIGNALS_PER_S", "SIGNALS_BURST",
    )  # fmt: skip
    return {
        "CHAT_DEVELOPMENT": "1", "REDIS_URL": redis_url, "REDIS_TIMEOUT_MS": "30000",
        "AUTH_KEY_FOLDER": str(keys), "AUTH_SMTP_URL": MAIL,
        "AUTH_PORT": str(ports[0]), "SIGNALING_PORT": str(ports[1]), "AUTH_ORIGINS": "https://site.test",
        "AUTH_URL": f"http://127.0.0.1:{ports[0]}", "SERVICE_KEY": service_key(keys),
        "SIGNALING_PRESENCE_S": QUIET_S,
        **{f"SIGNALING_{name}": str(FAR_AWAY * (1000 if "BYTES" in name else 1)) for name in limits},
    }  # fmt: skip


@contextmanager
def service(name: str, port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", name, "serve"]
    with subprocess.Popen(command, env=os.environ | environment, stdout=QUIET, stderr=QUIET) as process:
        try:
            wait_until_it_listens(port, STARTS_WITHIN_S)
            yield process
        finally:
            process.kill()


def _memory_kib(process: int) -> int:
    (line,) = [one for one in Path(f"/proc/{process}/status").read_text("ascii").splitlines() if "VmRSS" in one]
    return int(line.split()[1])


def _processor_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_S
