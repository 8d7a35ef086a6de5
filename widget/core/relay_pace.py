"""Keeps our relayed packets below what the signaling service allows, so that none is dropped for haste."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.bucket import Bucket
from widget.core.limits import RELAY_BURST, RELAY_EACH_MS, RELAY_KIB_BURST, RELAY_KIB_EACH_MS
from widget.ports import Clock


class RelayPace:
    """Packets and their size are counted; what does not fit waits its turn."""

    def __init__(self, clock: Clock, transmit: Callable[[bytes], None]) -> None:
        self._clock: Clock = clock
        self._transmit: Callable[[bytes], None] = transmit
        self._waiting: list[bytes] = []
        self._packets: Bucket = Bucket(clock, RELAY_BURST, RELAY_EACH_MS)
        self._kib: Bucket = Bucket(clock, RELAY_KIB_BURST, RELAY_KIB_EACH_MS)
        self._ticking: bool = False

    def send(self, packet: bytes) -> None:
        self._waiting.append(packet)
        self._drain()

    def clear(self) -> None:
        self._waiting = []

    def _drain(self) -> None:
        while len(self._waiting) > 0 and self._pause_ms() == 0:
            packet = self._waiting.pop(0)
            self._packets.take(1)
            self._kib.take(1 + len(packet) // 1024)
            self._transmit(packet)
        if len(self._waiting) > 0 and not self._ticking:
            self._ticking = True
            self._clock.after(self._pause_ms(), self._tick)

    def _pause_ms(self) -> int:
        return max(self._packets.wait_ms(), self._kib.wait_ms())

    def _tick(self) -> None:
        self._ticking = False
        self._drain()
