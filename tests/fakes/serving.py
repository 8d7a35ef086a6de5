"""Real servers on free ports of this machine, for tests that need real sockets."""

from __future__ import annotations

import asyncio
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

LIMIT_S = 10


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
