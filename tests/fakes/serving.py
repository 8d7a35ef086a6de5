"""Real servers on free ports of this machine, for tests that need real sockets."""

from __future__ import annotations

import asyncio
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import uvicorn

LIMIT_S = 10
TICK_S = 0.1  # as uvicorn's own


class QuietServer(uvicorn.Server):
    """uvicorn in a process that is not its own: it takes no signals, and it ends when it is told, not a tick later."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def end(self) -> None:
        self.should_exit = True
        self._told.set()

    async def main_loop(self) -> None:
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), TICK_S)


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """No two alike: a port that is given back may be given out again."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


async def started(server: uvicorn.Server) -> None:
    """Return once `server` answers; AssertionError when it does not."""
    end = time.monotonic() + LIMIT_S
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        await asyncio.sleep(0.005)


@contextmanager
def in_a_thread(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
