"""Frames under an epoch I do not have yet: 64 frames, 256 KiB, 10 s, and at most half of it from one link."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.limits import MAX_WAIT_MS, MAX_WAITING_BYTES, MAX_WAITING_FRAMES, MAX_WAITING_PER_LINK


@dataclass(frozen=True)
class WaitingFrame:
    kid: str
    packet: bytes = field(repr=False)
    via_sid: str
    since_ms: int


class WaitingFrames:
    """In order of arrival."""

    def __init__(self) -> None:
        self.kept: list[WaitingFrame] = []

    def keep(self, kid: str, packet: bytes, via_sid: str, now_ms: int) -> bool:
        """False when there is no room for it."""
        of_link = len([frame for frame in self.kept if frame.via_sid == via_sid])
        held_bytes = sum([len(frame.packet) for frame in self.kept])
        if len(self.kept) >= MAX_WAITING_FRAMES or of_link >= MAX_WAITING_PER_LINK:
            return False
        if held_bytes + len(packet) > MAX_WAITING_BYTES:
            return False
        self.kept.append(WaitingFrame(kid, packet, via_sid, now_ms))
        return True

    def take(self, kid: str) -> list[WaitingFrame]:
        """Those of one epoch, in order; they are no longer kept."""
        taken = [frame for frame in self.kept if frame.kid == kid]
        self.kept = [frame for frame in self.kept if frame.kid != kid]
        return taken

    def expire(self, now_ms: int) -> int:
        """Forget what waited too long; returns how many."""
        before = len(self.kept)
        self.kept = [frame for frame in self.kept if now_ms < frame.since_ms + MAX_WAIT_MS]
        return before - len(self.kept)
