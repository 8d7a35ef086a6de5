"""A real `python -m signaling serve` with two workers on a real Redis, and how to see who is with which."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from auth.key_folder import new_folder
from auth.keys import Keys, load_keys, service_key
from auth.origins import allow
from auth.store.opening import open_store
from bench.hosting import Http
from signaling.kept_keys import KeptInStore, Published
from tests.fakes.processes import connections, sockets, workers_of
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port
from tests.signaling.member import ORIGIN, Member

PATIENCE_S = 120.0  # two processes have to start, also on a machine that is busy
AUTH_URL = "https://auth.test"
DAY_S = 86_400


class Service:
    """The parent, and how to see its workers."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, keys: Keys) -> None:
        self.process = process
        self.port = port
        host = f"127.0.0.1:{port}"
        server = SimpleNamespace(ws_url=f"ws://{host}", http_url=f"http://{host}", host=host, http=Http(host))
        clock = SimpleNamespace(now_s=time.time)
        signing = keys.signing_key(int(time.time()))
        self.world: Any = SimpleNamespace(moment=clock, issuer=AUTH_URL, signing=signing, servers=[server], lines=[])

    def member(self, name: str = "Ada") -> Member:
        return Member(self.world, name)

    def worker_of(self, client: ClientConnection) -> int:
        """Which worker has it; ValueError when none has."""
        mine = client.local_address[1]
        (inode,) = [inode for inode, caller in connections(self.port).items() if caller == mine]
        (worker,) = [worker for worker in self.workers() if inode in sockets(worker)]
        return worker

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
    new_folder(folder / "keys", AUTH_URL, int(time.time()))
    keys = load_keys(folder / "keys", int(time.time()))
    store = open_store(redis.url)
    await allow(store, ORIGIN)
    # As if the sign-in service had just gone away.
    await KeptInStore(store, DAY_S).keep(Published(keys.document, int(time.time())))
    await store.close()
    port = free_port()
    environ = {
        **os.environ, "CHAT_DEVELOPMENT": "1", "REDIS_URL": redis.url, "REDIS_TIMEOUT_MS": "10000",
        "AUTH_URL": "http://127.0.0.1:1", "SERVICE_KEY": service_key(folder / "keys"), "SIGNALING_PORT": str(port),
        "SIGNALING_WORKERS": "2", "SIGNALING_UNAUTHENTICATED_PER_IP": "1000", "SIGNALING_AUTH_DEADLINE_S": "60",
        "SIGNALING_SOCKETS_PER_WORKER": "300", "SIGNALING_DRAIN_S": "0", "SIGNALING_SEVEN_TV": "0", **settings,
    }  # fmt: skip
    command = [sys.executable, "-m", "signaling", "serve"]
    process = _start(command, environ)
    service = Service(process, port, keys)
    try:
        await until(lambda: _answers(service) if settings.get("SIGNALING_WORKERS") == "1" else _both_answer(service))
        yield service
        for line in service.world.lines:
            await line.close()
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


def _start(command: list[str], environ: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


async def _answers(service: Service) -> bool:
    assert service.process.poll() is None, "it has ended"
    try:
        await (await service.enter()).close()
    except (OSError, TimeoutError, ConnectionClosed):
        return False
    return True


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
