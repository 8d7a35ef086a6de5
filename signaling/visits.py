"""Visitors who wait until a member has shown them something: each one's answer finds its way to the worker that asked.

What a member shows is sealed for the visitor, passed on unread and never stored.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from functools import partial

from signaling.store import RoomStore

MARK_DIGITS = 16  # of a visit's id: the worker that asked


class Visits:
    """Those of this worker. Only the session that was asked can answer, once."""

    def __init__(self, store: RoomStore) -> None:
        self._store = store
        self._mark = secrets.token_hex(MARK_DIGITS // 2)
        self._waiting: dict[str, tuple[str, asyncio.Future[bytes]]] = {}

    @property
    def channel(self) -> str:
        """Where other workers tell what was shown."""
        return channel(self._mark)

    async def ask(self, sid: str, ask: Callable[[str], Awaitable[None]], patience_s: float) -> bytes | None:
        """What that session shows; None when it does not within that time. `ask` takes the visit's id to it."""
        visit_id = self._mark + secrets.token_hex(MARK_DIGITS // 2)
        shown: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[visit_id] = (sid, shown)
        try:
            async with asyncio.timeout(patience_s):
                await ask(visit_id)
                return await shown
        except TimeoutError:
            return None
        finally:
            del self._waiting[visit_id]

    def show(self, sid: str, visit_id: str, answer: bytes) -> Callable[[], Awaitable[None]] | None:
        """What `sid` shows: here at once, else the way to the worker that asked."""
        mark = visit_id[:MARK_DIGITS]
        if mark != self._mark:
            return partial(self._store.tell, channel(mark), bytes.fromhex(sid + visit_id) + answer)
        self._take(sid, visit_id, answer)
        return None

    def heard(self, data: bytes) -> None:
        """Another worker tells: sid16 | visit16 | answer."""
        self._take(data[:16].hex(), data[16:32].hex(), data[32:])

    def _take(self, sid: str, visit_id: str, answer: bytes) -> None:
        asked = self._waiting.get(visit_id)
        if asked is not None and asked[0] == sid and not asked[1].done():
            asked[1].set_result(answer)


def channel(mark: str) -> str:
    return f"cws:visits:{mark}"
