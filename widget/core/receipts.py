"""Confirms what arrives, and knows a frame it has confirmed when it comes again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.core.limits import CONFIRM_MS
from widget.ports import Clock
from widget.wire.frame import HEADER_BYTES
from widget.wire.notes import MAX_CONFIRMED, write_confirm

HEADERS_KEPT: int = 1024


class Receipts:
    """One peer's frames: gathers their message ids for a moment, then confirms them together."""

    def __init__(self, clock: Clock, send: Callable[[bytes], None]) -> None:
        self._clock: Clock = clock
        self._send: Callable[[bytes], None] = send
        self._due: list[str] = []
        self._known: dict[str, str] = {}
        self._order: list[str] = []

    def note(self, packet: bytes, msg_id: str) -> None:
        """The frame `packet` was opened and holds `msg_id`."""
        header = packet[:HEADER_BYTES].hex()
        if header not in self._known:
            self._known[header] = msg_id
            self._order.append(header)
            if len(self._order) > HEADERS_KEPT:
                del self._known[self._order.pop(0)]
        self.confirm(msg_id)

    def knows(self, packet: bytes) -> bool:
        """The same frame again: the confirmation was lost, so it is repeated."""
        msg_id = self._known.get(packet[:HEADER_BYTES].hex())
        if msg_id is None:
            return False
        self.confirm(msg_id)
        return True

    def confirm(self, msg_id: str) -> None:
        if len(self._due) == 0:
            self._clock.after(CONFIRM_MS, self._flush)
        if msg_id not in self._due and len(self._due) < MAX_CONFIRMED:
            self._due.append(msg_id)

    def _flush(self) -> None:
        due = self._due
        self._due = []
        if len(due) > 0:
            self._send(write_confirm(due))


class ReceiptBook:
    """Everybody's receipts; `send_blob` brings a confirmation to a sid."""

    def __init__(self, clock: Clock, send_blob: Callable[[str, bytes], Coroutine[Any, Any, None]]) -> None:
        self._clock: Clock = clock
        self._send_blob: Callable[[str, bytes], Coroutine[Any, Any, None]] = send_blob
        self._receipts: dict[str, Receipts] = {}

    def of(self, sid: str) -> Receipts:
        receipts = self._receipts.get(sid)
        if receipts is None:
            receipts = Receipts(self._clock, lambda note: self._clock.spawn(self._send_blob(sid, note)))
            self._receipts[sid] = receipts
        return receipts

    def forget(self, sid: str) -> None:
        if sid in self._receipts:
            del self._receipts[sid]
