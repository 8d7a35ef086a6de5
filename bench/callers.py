"""Callers that cost little: each sends the same WebSocket frame again and only counts what arrives (RFC 6455)."""

from __future__ import annotations

import asyncio
import functools
import struct
from collections.abc import Callable

TEXT, BINARY, PING, PONG = 0x81, 0x82, 0x89, 0x8A
MASKED = 0x80
LEAST_BYTES = 500  # the messages that are measured are longer than all others
NO_MASK = bytes(4)  # clients must mask, and a mask of zeros changes nothing


class Caller(asyncio.Protocol):
    """Takes over a connection, with whatever is on its way there; `frame` is what it sends."""

    def __init__(self, transport: asyncio.Transport, frame: bytes) -> None:
        self.heard: Callable[[], None] = lambda: None
        self._frame = frame
        self._buffer = b""
        self._transport = transport
        self._transport.set_protocol(self)
        self._transport.resume_reading()

    def say(self) -> None:
        self._transport.write(self._frame)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (size := _whole(self._buffer)) > 0:
            frame, self._buffer = self._buffer[:size], self._buffer[size:]
            if frame[0] == PING:
                self._transport.write(bytes((PONG, MASKED | size - 2)) + NO_MASK + frame[2:])
            elif size >= LEAST_BYTES:
                self.heard()


class Pair:
    """Two who answer each other, so that one message is in flight."""

    def __init__(self, one: Caller, other: Caller) -> None:
        self._one = one
        self._left = 0
        self._over: asyncio.Future[None] | None = None
        for caller in (one, other):
            caller.heard = functools.partial(self._answer, caller)

    async def talk(self, messages: int) -> None:
        self._left, self._over = messages, asyncio.get_running_loop().create_future()
        self._one.say()
        await self._over

    def _answer(self, caller: Caller) -> None:
        self._left -= 1
        if self._left > 0:
            caller.say()
        elif self._over is not None:
            self._over.set_result(None)


def frame_of(data: str | bytes) -> bytes:
    payload = data.encode() if isinstance(data, str) else data
    head = struct.pack("!BBH", TEXT if isinstance(data, str) else BINARY, MASKED | 126, len(payload))
    return head + NO_MASK + payload


def _whole(data: bytes) -> int:
    """The length of the frame that `data` begins with, 0 until all of it is there. Servers do not mask."""
    if len(data) < 4:
        return 0
    short = data[1] & 0x7F
    size = 2 + short if short < 126 else 4 + int.from_bytes(data[2:4], "big")
    return size if len(data) >= size else 0
