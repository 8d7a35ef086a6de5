"""The relay through the signaling service: below what it allows, so that nothing is dropped for haste."""

from __future__ import annotations

from collections.abc import Callable

from widget.ports import Clock
from widget.transport.bucket import Bucket
from widget.transport.limits import RELAY_BURST, RELAY_EACH_MS, RELAY_KIB_BURST, RELAY_KIB_EACH_MS, RELAY_QUEUE
from widget.wire.relayed import write_relay
from widget.wire.socket import MAX_MEMBERS


class Line:
    """What waits for one member."""

    def __init__(self, clock: Clock) -> None:
        self.bucket: Bucket = Bucket(clock, RELAY_BURST, RELAY_EACH_MS)
        self.packets: list[bytes] = []


class Relay:
    """Packets are counted for each member, kilobytes for all; what does not fit waits its turn.

    Who asks for more than the service carries does not get it: what is missing is asked for again.
    """

    def __init__(self, clock: Clock, transmit: Callable[[bytes], None]) -> None:
        self._clock: Clock = clock
        self._transmit: Callable[[bytes], None] = transmit
        self._lines: dict[str, Line] = {}
        self._kib: Bucket = Bucket(clock, RELAY_KIB_BURST, RELAY_KIB_EACH_MS)
        self._is_ticking: bool = False

    def send(self, sid: str, blob: bytes) -> None:
        line = self._lines.get(sid)
        if line is None:
            if len(self._lines) >= MAX_MEMBERS:
                self.clear()  # of those who left: a room has not so many
            line = Line(self._clock)
            self._lines[sid] = line
        if len(line.packets) < RELAY_QUEUE:
            line.packets.append(write_relay(sid, blob))
        self._drain()

    def clear(self) -> None:
        self._lines = {}

    def _drain(self) -> None:
        is_behind = False
        for line in self._lines.values():
            while len(line.packets) > 0 and line.bucket.has() and self._kib.has():
                packet = line.packets[0]
                line.packets = line.packets[1:]
                line.bucket.take(1)
                self._kib.take(1 + len(packet) // 1024)
                self._transmit(packet)
            if len(line.packets) > 0:
                is_behind = True
        if is_behind and not self._is_ticking:
            self._is_ticking = True
            self._clock.after(RELAY_KIB_EACH_MS, self._tick)

    def _tick(self) -> None:
        self._is_ticking = False
        self._drain()
