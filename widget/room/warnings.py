"""Handshakes that fail for a reason that people may have to act on."""

from __future__ import annotations

from widget.crypto.reasons import BIND_MAC, BIND_SIGNATURE
from widget.errors import ChatError, CwError
from widget.room.shared import Shared
from widget.transport.happened import Lost


class Warnings:
    """Told once in a stay."""

    def __init__(self, shared: Shared) -> None:
        self._shared: Shared = shared
        self._is_told: bool = False

    def consider(self, lost: Lost) -> None:
        error = lost.error
        if self._is_told or not isinstance(error, CwError) or not lost.is_direct:
            return
        if error.reason in (BIND_SIGNATURE, BIND_MAC):
            self._is_told = True
            text = "A direct connection led to somebody else (possible interception). It is not used."
            self._shared.events.emit("error", ChatError("link.interception", text))
