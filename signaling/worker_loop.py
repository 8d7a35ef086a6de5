"""The event loop of one worker among several: its server takes the connections that the dispatcher hands it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable
from typing import Any

from signaling.dispatcher import REPORT

try:
    from uvloop import Loop
except ImportError:  # where there is no uvloop
    from asyncio import SelectorEventLoop as Loop  # type: ignore[assignment]

REPORT_EVERY_S = 0.5


class HandedServer:
    """As much of an asyncio.Server as uvicorn asks for, without a listening socket."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, factory: Callable[[], asyncio.Protocol], channel: socket.socket
    ) -> None:
        channel.setblocking(False)
        self._loop = loop
        self._factory = factory
        self._channel = channel
        self._taken = 0
        self._open: set[socket.socket] = set()
        self._told = (0, 0)
        self._opening: set[asyncio.Task[None]] = set()
        loop.add_reader(channel.fileno(), self._take)
        self._timer = loop.call_later(REPORT_EVERY_S, self._report)

    def close(self) -> None:
        if self._channel.fileno() >= 0:
            self._timer.cancel()
            self._loop.remove_reader(self._channel.fileno())
            self._channel.close()

    async def wait_closed(self) -> None:
        return

    def _take(self) -> None:
        _, descriptors, _, _ = socket.recv_fds(self._channel, 1, 1)
        if len(descriptors) == 0:
            # The parent is gone, so nobody new comes here: members move to a service that has one.
            self.close()
            signal.raise_signal(signal.SIGTERM)
            return
        self._taken += 1
        connection = socket.socket(fileno=descriptors[0])
        connection.setblocking(False)
        self._open.add(connection)
        task = self._loop.create_task(self._begin(connection))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _begin(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):  # it is gone already
            await self._loop.connect_accepted_socket(self._factory, connection)

    def _report(self) -> None:
        self._timer = self._loop.call_later(REPORT_EVERY_S, self._report)
        # Of a transport that has ended the socket is closed (asyncio) or detached (uvloop).
        self._open = {connection for connection in self._open if connection.fileno() >= 0}
        now = self._taken, len(self._open)
        if now != self._told:
            with contextlib.suppress(OSError):
                self._channel.send(REPORT.pack(*now))
                self._told = now


class WorkerLoop(Loop):
    """uvicorn's usual loop. Its `create_server` takes the dispatcher's registry in place of a listening socket."""

    async def create_server(self, factory: Any, *places: Any, **options: Any) -> Any:  # type: ignore[override]
        registry = options.get("sock")
        if registry is None or registry.type != socket.SOCK_SEQPACKET:
            return await super().create_server(factory, *places, **options)
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(registry, [b"w"], [theirs.fileno()])
        return HandedServer(self, factory, mine)
