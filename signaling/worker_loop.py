"""The event loop of one worker among several: its server takes the connections that the dispatcher hands it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import signal
import socket
from collections.abc import Callable
from typing import Any

from signaling.homing import Homing
from signaling.moved import read_moved
from signaling.packets import HOME, LOAD, LOADED, MOST_BYTES, MOVED
from signaling.sockets import adopted

try:
    from uvloop import Loop
except ImportError:  # where there is no uvloop
    from asyncio import SelectorEventLoop as Loop  # type: ignore[assignment]

REPORT_EVERY_S = 0.5


class HandedServer:
    """As much of an asyncio.Server as uvicorn asks for, without a listening socket."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        factory: Callable[[], asyncio.Protocol],
        channel: socket.socket,
        homing: Homing,
    ) -> None:
        channel.setblocking(False)
        homing.open(channel)
        self._loop = loop
        self._factory = factory
        self._homing = homing
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
            self._homing.close()
            self._loop.remove_reader(self._channel.fileno())
            self._channel.close()

    async def wait_closed(self) -> None:
        return

    def _take(self) -> None:
        if self._is_orphan():
            self._end()
            return
        packet, descriptors, _, _ = socket.recv_fds(self._channel, MOST_BYTES, 1)
        if packet[:1] == HOME:
            self._homing.hear(packet[1:2], packet[2:].hex())
        else:
            self._taken += 1
            for descriptor in descriptors:  # none where this process is out of open files
                self._open_for(descriptor, packet)

    def _is_orphan(self) -> bool:
        """The parent is gone. Where it had not read all, the channel ends in an error instead of an end."""
        try:
            return self._channel.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _end(self) -> None:
        """Nobody new comes here any more: members move to a service that has a parent."""
        self.close()
        signal.raise_signal(signal.SIGTERM)

    def _open_for(self, descriptor: int, packet: bytes) -> None:
        factory = self._factory
        if packet[:1] == MOVED:
            factory = functools.partial(adopted, factory, read_moved(packet[1:]))
        connection = socket.socket(fileno=descriptor)
        connection.setblocking(False)
        self._open.add(connection)
        task = self._loop.create_task(self._begin(factory, connection))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _begin(self, factory: Callable[[], asyncio.Protocol], connection: socket.socket) -> None:
        with contextlib.suppress(OSError):  # it is gone already
            await self._loop.connect_accepted_socket(factory, connection)

    def _report(self) -> None:
        if self._is_orphan():  # libuv stops to watch what is in error, and tells nobody (uv__poll_io)
            self._end()
            return
        self._timer = self._loop.call_later(REPORT_EVERY_S, self._report)
        # Of a transport that has ended the socket is closed (asyncio) or detached (uvloop).
        self._open = {connection for connection in self._open if connection.fileno() >= 0}
        now = self._taken, len(self._open)
        if now != self._told:
            with contextlib.suppress(OSError):
                self._channel.send(LOAD.pack(LOADED, *now))
                self._told = now
        self._homing.tidy()


class WorkerLoop(Loop):
    """uvicorn's usual loop. Its `create_server` takes the dispatcher's registry in place of a listening socket."""

    def __init__(self) -> None:
        super().__init__()
        self.homing = Homing()

    async def create_server(self, factory: Any, *places: Any, **options: Any) -> Any:  # type: ignore[override]
        registry = options.get("sock")
        if registry is None or registry.type != socket.SOCK_SEQPACKET:
            return await super().create_server(factory, *places, **options)
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(registry, [b"w"], [theirs.fileno()])
        return HandedServer(self, factory, mine, self.homing)
