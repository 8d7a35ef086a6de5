"""Confirms what arrives from one peer, and knows a frame it has confirmed when it comes again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.core.limits import CONFIRM_MS
from widget.ports import Clock
from widget.wire.frame import HEADER_BYTES
from widget.wire.notes import MAX_CONFIRMED, write_confirm

HEADERS_KEPT: int = 1024


class Receipts:
    """Gathers message ids for a moment, then confirms them together."""

    def __init__(self, clock: Clock, send_blob: Callable[[bytes], Coroutine[Any, Any, None]]) -> None:
        self._clock: Clock = clock
        self._send_blob: Callable[[bytes], Coroutine[Any, Any, None]] = send_blob
        self._due: list[str] = []
        self._known: dict[str, str] = {}

    def note(self, packet: bytes, msg_id: str) -> None:
        """The frame `packet` was opened and holds `msg_id`."""
        self._known[packet[:HEADER_BYTES].hex()] = msg_id
        if len(self._known) > HEADERS_KEPT:
            for oldest in self._known:
                del self._known[oldest]
                break
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
        self._clock.spawn(self._send_blob(write_confirm(due)))
