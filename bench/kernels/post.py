"""What the members of one page's room send one another: sealed for the pair, counted, and kept until it is fetched.

No kernel: bench/group/ times it in a browser.
"""

from __future__ import annotations

from dataclasses import dataclass

from bench.kernels.seats import Seat
from widget.crypto.group_step import GroupStep
from widget.wire.pair import STATE


@dataclass(frozen=True)
class Packet:
    """Sealed, or as it came with BIND or in times that nobody counts."""

    from_sid: str
    data: bytes
    is_sealed: bool


class Post:
    """`newcomer` is the sid of who arrived last, "" for nobody: what goes to it or comes from it is counted apart."""

    def __init__(self) -> None:
        self.newcomer: str = ""
        self.now_ms: int = 0
        self.is_counted: bool = False
        self._seats: dict[str, Seat] = {}
        self._boxes: dict[str, list[Packet]] = {}
        self._sent: int = 0
        self._met: int = 0
        self._sent_told: int = 0
        self._met_told: int = 0

    def counted(self) -> list[int]:
        """Bytes among those who were in, and from and to the newcomer, since this was last asked; then how many of
        each were STATE, which is told to whom chance picks."""
        found = [self._sent, self._met, self._sent_told, self._met_told]
        self._sent = 0
        self._met = 0
        self._sent_told = 0
        self._met_told = 0
        return found

    def count(self, from_sid: str, to_sid: str, length: int, is_state: bool = False) -> None:
        told = length if is_state else 0
        if self.newcomer in (from_sid, to_sid):
            self._met += length
            self._met_told += told
        else:
            self._sent += length
            self._sent_told += told

    def open_box(self, seat: Seat) -> None:
        self._seats[seat.sid] = seat
        self._boxes[seat.sid] = []

    def close_box(self, sid: str) -> None:
        del self._boxes[sid]
        del self._seats[sid]

    def put(self, to_sid: str, packet: Packet) -> None:
        self._boxes[to_sid].append(packet)

    async def carry(self, seat: Seat, step: GroupStep) -> None:
        """What a member's group wants to be sent. Only what is counted is sealed."""
        for blob in step.blobs:
            if blob.to_sid in self._boxes:
                data = blob.blob
                if self.is_counted:
                    is_state = data[0] == STATE
                    data = await seat.channels[blob.to_sid].seal(data)
                    self.count(seat.sid, blob.to_sid, len(data), is_state)
                self.put(blob.to_sid, Packet(seat.sid, data, self.is_counted))

    async def fetch(self, seat: Seat) -> None:
        """The member takes what lies there for it, in order."""
        packets = self._boxes[seat.sid]
        self._boxes[seat.sid] = []
        for packet in packets:
            blob = packet.data
            if packet.is_sealed:
                blob = await seat.channels[packet.from_sid].open(blob)
            await self.carry(seat, await seat.group.receive(packet.from_sid, blob, self.now_ms))

    async def settle(self) -> None:
        """Until nothing is on its way any more."""
        while any(len(box) > 0 for box in self._boxes.values()):
            for seat in list(self._seats.values()):
                await self.fetch(seat)

    async def pass_time(self, duration_ms: int) -> None:
        """From one member's wake to the next."""
        end_ms = self.now_ms + duration_ms
        await self.settle()
        while self.now_ms < end_ms:
            wakes = [(seat, seat.group.wake_at_ms(self.now_ms)) for seat in self._seats.values()]
            next_ms = min([wake_ms for _, wake_ms in wakes])
            self.now_ms = min(next_ms, end_ms)
            for seat, wake_ms in wakes:
                if wake_ms <= self.now_ms:
                    await self.carry(seat, await seat.group.tick(self.now_ms))
            await self.settle()
