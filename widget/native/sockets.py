"""WebSockets by the `websockets` package."""

from __future__ import annotations

import asyncio
import contextlib

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.typing import Origin, Subprotocol

from widget.errors import UnreachableError
from widget.ports import Socket, SocketEvents

TIMEOUT_S = 10.0
MAX_BYTES = 65536
ABNORMAL = 1006
NORMAL = 1000


class NativeSocket:
    """One open WebSocket: a task reads, a task writes what was queued."""

    def __init__(self, connection: ClientConnection, events: SocketEvents) -> None:
        self._connection: ClientConnection = connection
        self._events: SocketEvents = events
        self._queue: asyncio.Queue[str | bytes | int] = asyncio.Queue()
        self._is_closing: bool = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._read()), loop.create_task(self._write())]

    def send_text(self, text: str) -> None:
        if not self._is_closing:
            self._queue.put_nowait(text)

    def send_bytes(self, data: bytes) -> None:
        if not self._is_closing:
            self._queue.put_nowait(data)

    def close(self) -> None:
        if not self._is_closing:
            self._is_closing = True
            self._queue.put_nowait(NORMAL)

    async def _read(self) -> None:
        code = ABNORMAL
        try:
            async for message in self._connection:
                if isinstance(message, str):
                    self._events.text(message)
                else:
                    self._events.binary(bytes(message))
        except ConnectionClosed:
            pass
        finally:
            self._is_closing = True
            self._tasks[1].cancel()
            found = self._connection.close_code
            code = ABNORMAL if found is None else found
        self._events.closed(code)

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                item = await self._queue.get()
                if isinstance(item, int):
                    await self._connection.close(item)
                    return
                await self._connection.send(item)

    async def end(self) -> None:
        """Wait for both tasks, as when the program ends."""
        self.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class NativeSockets:
    """Opens WebSockets with the Origin a page would have."""

    def __init__(self, origin: str) -> None:
        self._origin: str = origin
        self._open: list[NativeSocket] = []

    async def open(self, url: str, protocol: str, events: SocketEvents) -> Socket:
        try:
            connection = await connect(
                url,
                origin=Origin(self._origin),
                subprotocols=[Subprotocol(protocol)],
                compression=None,
                open_timeout=TIMEOUT_S,
                close_timeout=2,
                ping_interval=None,
                max_size=MAX_BYTES,
                proxy=None,
            )
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI, ConnectionClosed) as error:
            raise UnreachableError("socket.unreachable") from error
        socket = NativeSocket(connection, events)
        self._open.append(socket)
        socket.start()
        return socket

    async def close(self) -> None:
        for socket in self._open:
            await socket.end()
