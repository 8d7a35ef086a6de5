"""Frames under an epoch I do not have yet: 64 frames, 256 KiB, 10 s, and at most half of it from one link."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.limits import MAX_WAIT_MS, MAX_WAITING_BYTES, MAX_WAITING_FRAMES, MAX_WAITING_PER_LINK


@dataclass(frozen=True)
class WaitingFrame:
    kid: bytes
    packet: bytes = field(repr=False)
    via_sid: str
    since_ms: int


class WaitingFrames:
    """In order of arrival."""

    def __init__(self) -> None:
        self.kept: list[WaitingFrame] = []

    def keep(self, kid: bytes, packet: bytes, via_sid: str, now_ms: int) -> bool:
        """False when there is no room for it."""
        of_link = 0
        size = len(packet)
        for frame in self.kept:
            of_link += int(frame.via_sid == via_sid)
            size += len(frame.packet)
        if of_link >= MAX_WAITING_PER_LINK or len(self.kept) >= MAX_WAITING_FRAMES or size > MAX_WAITING_BYTES:
            return False
        self.kept.append(WaitingFrame(kid, packet, via_sid, now_ms))
        return True

    def take(self, kid: bytes) -> list[WaitingFrame]:
        """Those of one epoch, in order; they are no longer kept."""
        taken = [frame for frame in self.kept if frame.kid == kid]
        self.kept = [frame for frame in self.kept if frame.kid != kid]
        return taken

    def expire(self, now_ms: int) -> int:
        """Forget what waited too long; returns how many."""
        before = len(self.kept)
        self.kept = [frame for frame in self.kept if now_ms < frame.since_ms + MAX_WAIT_MS]
        return before - len(self.kept)
