"""How much of what guests say is relayed. Members hold them to the same (widget/room/intake.py)."""

from __future__ import annotations

from collections import OrderedDict

from signaling.buckets import Bucket
from signaling.limits import Limits
from widget.wire.packet import TAG_FRAME

MINUTE_S = 60


class GuestPace:
    """How many frames the guests of a worker have relayed, by guest and member.

    All sockets of a guest share it, and who goes and comes again finds it as it was.
    """

    def __init__(self, limits: Limits) -> None:
        self._per_min = limits.guest_messages_min
        self._used: OrderedDict[tuple[str, str], tuple[Bucket, float]] = OrderedDict()  # the latest last

    def relay(self, sub: str, sid: str, blob: bytes, now_s: float) -> bool:
        """False for a frame too many. What keeps a session alive and a talk whole is no frame of messages."""
        if blob[:1] != bytes([TAG_FRAME]):
            return True
        self._forget_full(now_s)
        bucket, _ = self._used.pop((sub, sid), (Bucket(self._per_min / MINUTE_S, self._per_min, now_s), now_s))
        self._used[sub, sid] = bucket, now_s
        return bucket.take(1, now_s)

    def _forget_full(self, now_s: float) -> None:
        """Those that nobody took from for a minute."""
        while len(self._used) > 0 and next(iter(self._used.values()))[1] <= now_s - MINUTE_S:
            self._used.popitem(last=False)
