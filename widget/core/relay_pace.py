"""Keeps our relayed packets below what the signaling service allows, so that none is dropped for haste."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.bucket import Bucket
from widget.core.limits import RELAY_BURST, RELAY_EACH_MS, RELAY_KIB_BURST, RELAY_KIB_EACH_MS
from widget.ports import Clock
from widget.wire.socket import write_relay


class RelayPace:
    """Packets are counted for each member, kilobytes for all; what does not fit waits its turn."""

    def __init__(self, clock: Clock, transmit: Callable[[bytes], None]) -> None:
        self._clock: Clock = clock
        self._transmit: Callable[[bytes], None] = transmit
        self._queues: dict[str, list[bytes]] = {}
        self._packets: dict[str, Bucket] = {}
        self._kib: Bucket = Bucket(clock, RELAY_KIB_BURST, RELAY_KIB_EACH_MS)
        self._ticking: bool = False

    def send(self, sid: str, blob: bytes) -> None:
        if sid not in self._queues:
            self._queues[sid] = []
            self._packets[sid] = Bucket(self._clock, RELAY_BURST, RELAY_EACH_MS)
        self._queues[sid].append(write_relay(sid, blob))
        self._drain()

    def clear(self) -> None:
        self._queues = {}
        self._packets = {}

    def _drain(self) -> None:
        pause_ms = -1
        for sid, queue in self._queues.items():
            while len(queue) > 0 and self._pause_ms(sid) == 0:
                packet = queue.pop(0)
                self._packets[sid].take(1)
                self._kib.take(1 + len(packet) // 1024)
                self._transmit(packet)
            if len(queue) > 0:
                wait_ms = self._pause_ms(sid)
                pause_ms = wait_ms if pause_ms < 0 else min(pause_ms, wait_ms)
        if pause_ms >= 0 and not self._ticking:
            self._ticking = True
            self._clock.after(pause_ms, self._tick)

    def _pause_ms(self, sid: str) -> int:
        return max(self._packets[sid].wait_ms(), self._kib.wait_ms())

    def _tick(self) -> None:
        self._ticking = False
        self._drain()
