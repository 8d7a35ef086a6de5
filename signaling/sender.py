"""What goes out of one socket: the outbox, the writer that empties it, and the end."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.websockets import WebSocket

from signaling.outbox import Outbox, Rank
from signaling.refusals import Kind
from signaling.sockets import WRITE
from signaling.worker import Worker
from widget.wire.server_text import write_server
from widget.wire.socket import CLOSE_SLOW
from widget.wire.socket import Problem as Said

HARD_CLOSE_S = 1.0


class Sender:
    """Nothing here waits but the writer, which is started once."""

    __slots__ = ("_ending_s", "_socket", "_worker", "_writer", "outbox")

    def __init__(self, worker: Worker, socket: WebSocket) -> None:
        limits, write = worker.limits, socket.scope.get("extensions", {}).get(WRITE)
        self._worker = worker
        self._socket = socket
        self.outbox = Outbox(
            limits.outbox_messages, limits.outbox_bytes, limits.outbox_patience_s, *([write] if write else [])
        )
        self._ending_s: float | None = None
        self._writer: asyncio.Task[None] | None = None

    def start(self) -> asyncio.Task[None]:
        """The writer."""
        self._writer = asyncio.create_task(self.outbox.run(self._send, self._socket.close))
        return self._writer

    def tell(self, data: str | bytes, rank: Rank) -> None:
        if not self.outbox.put(data, rank, self._worker.steady_s()):
            self._worker.metrics.dropped.labels("slow reader").inc()

    def say(self, kind: Kind, retry_after_s: int, rank: Rank) -> None:
        """Why something is refused."""
        self.tell(write_server(Said(kind.code, kind.detail, retry_after_s)), rank)

    def end(self, code: int) -> None:
        """Send what is queued, then close; the first code counts."""
        if self.outbox.code is None:
            self._worker.metrics.closes.labels(str(code)).inc()
            self._ending_s = self._worker.steady_s()
        self.outbox.finish(code)

    def is_stuck(self, now_s: float) -> bool:
        """The other side has not read for longer than we have patience, or does not take the end."""
        patience_s = self._worker.limits.outbox_patience_s
        is_ending = self._ending_s is not None and now_s - self._ending_s > patience_s
        return is_ending or self.outbox.overdue(now_s)

    def give_up(self) -> bool:
        """Say nothing more, not even what is queued. False when the writer had ended."""
        if self._writer is None or self._writer.done():
            return False
        self._writer.cancel()
        return True

    async def cut(self) -> None:
        """Close whatever is still unsaid."""
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self._socket.close(self.outbox.code or CLOSE_SLOW), HARD_CLOSE_S)

    async def _send(self, data: str | bytes) -> None:
        if isinstance(data, str):
            await self._socket.send_text(data)
        else:
            await self._socket.send_bytes(data)
