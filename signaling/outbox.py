"""What is on its way to one socket: a bounded queue, so that a member who does not read cannot hold up the room."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

Rank = Literal["vital", "normal", "idle"]
Send = Callable[[str | bytes], Awaitable[None]]
Write = Callable[[str | bytes], bool]
Close = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Item:
    """One message. When the box is full idle ones make room, normal ones are refused, vital ones still go in."""

    data: str | bytes
    rank: Rank

    @property
    def size(self) -> int:
        return len(self.data)


def _write_nothing(_data: str | bytes) -> bool:
    return False


class Outbox:
    """At most `max_messages` or `max_bytes`; `put` never waits. Full for longer than `patience_s` means overdue.

    While nothing is on its way a message goes out by `write`, which is False when it has to wait like the others.
    """

    __slots__ = (
        "_busy", "_bytes", "_code", "_full_since_s", "_items", "_max_bytes", "_max_messages", "_patience_s", "_wake",
        "_write",
    )  # fmt: skip

    def __init__(self, max_messages: int, max_bytes: int, patience_s: float, write: Write = _write_nothing) -> None:
        self._max_messages = max_messages
        self._max_bytes = max_bytes
        self._patience_s = patience_s
        self._items: deque[Item] = deque()
        self._bytes = 0
        self._full_since_s: float | None = None
        self._code: int | None = None
        self._wake = asyncio.Event()
        self._write = write
        self._busy = False  # the writer is in the middle of a message

    def put(self, data: str | bytes, rank: Rank, now_s: float) -> bool:
        """False when the message was refused or the box is closing."""
        if self._code is not None:
            return False
        if not self._busy and len(self._items) == 0 and self._write(data):
            return True
        item = Item(data, rank)
        if not self._fits(item):
            self._drop_idle()
        if not self._fits(item):
            if self._full_since_s is None:
                self._full_since_s = now_s
            if rank != "vital":
                return False
        self._items.append(item)
        self._bytes += item.size
        self._wake.set()
        return True

    def finish(self, code: int) -> None:
        """Send what is queued, then close with `code`; the first code counts."""
        if self._code is None:
            self._code = code
            self._wake.set()

    @property
    def code(self) -> int | None:
        """The close code asked for, if any."""
        return self._code

    def overdue(self, now_s: float) -> bool:
        return self._full_since_s is not None and now_s - self._full_since_s >= self._patience_s

    def __len__(self) -> int:
        return len(self._items)

    async def run(self, send: Send, close: Close) -> None:
        """The writer: one message after the other until `finish`."""
        while True:
            await self._wake.wait()
            while len(self._items) > 0:
                item = self._items.popleft()
                self._bytes -= item.size
                self._busy = True
                await send(item.data)
                self._busy = False
                if len(self._items) * 2 <= self._max_messages and self._bytes * 2 <= self._max_bytes:
                    self._full_since_s = None
            if self._code is not None:
                await close(self._code)
                return
            self._wake.clear()

    def _fits(self, item: Item) -> bool:
        return len(self._items) < self._max_messages and self._bytes + item.size <= self._max_bytes

    def _drop_idle(self) -> None:
        self._items = deque(item for item in self._items if item.rank != "idle")
        self._bytes = sum(item.size for item in self._items)
