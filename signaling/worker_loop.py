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

LOOK_EVERY_S = 0.5


class _Connection(socket.socket):
    """Tells when it is over: a transport that has ended closes its socket (asyncio) or detaches it (uvloop)."""

    def __init__(self, descriptor: int, over: Callable[[socket.socket], None]) -> None:
        super().__init__(fileno=descriptor)
        self._over = over

    def close(self) -> None:
        super().close()
        self._over(self)

    def detach(self) -> int:
        descriptor = super().detach()
        self._over(self)
        return descriptor


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
        self._is_told = True
        self._opening: set[asyncio.Task[None]] = set()
        loop.add_reader(channel.fileno(), self._take)
        self._timer = loop.call_later(LOOK_EVERY_S, self._look)

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
            self._tell_soon()
            if len(descriptors) == 0:  # this process is out of open files
                self._homing.turn_away()
            for descriptor in descriptors:
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
        connection = _Connection(descriptor, self._end_of)
        connection.setblocking(False)
        self._open.add(connection)
        task = self._loop.create_task(self._begin(factory, connection))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _begin(self, factory: Callable[[], asyncio.Protocol], connection: socket.socket) -> None:
        with contextlib.suppress(OSError):  # it is gone already
            await self._loop.connect_accepted_socket(factory, connection)

    def _end_of(self, connection: socket.socket) -> None:
        self._open.discard(connection)
        self._tell_soon()

    def _tell_soon(self) -> None:
        """As soon as it happens, but once a turn: a room is at home for good where its first member was handed to, so
        a worker that counted calls which are over would be given too few of the rooms that are made just then."""
        if self._is_told and self._channel.fileno() >= 0:
            self._is_told = False
            self._loop.call_soon(self._tell)

    def _tell(self) -> None:
        with contextlib.suppress(OSError):  # it takes nothing now, or has ended
            self._channel.send(LOAD.pack(LOADED, self._taken, len(self._open) + self._homing.turned_away))
            self._is_told = True

    def _look(self) -> None:
        if self._is_orphan():  # libuv stops to watch what is in error, and tells nobody (uv__poll_io)
            self._end()
            return
        self._timer = self._loop.call_later(LOOK_EVERY_S, self._look)
        is_other = not self._is_told or self._homing.turned_away > 0
        self._homing.tidy()
        if is_other:
            self._tell()


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
