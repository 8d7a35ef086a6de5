"""What guests may not do here. Their token says that nobody vouches for them; members hold them to the same."""

from __future__ import annotations

from auth.guests import guests_of
from auth.tokens import GUEST, Claims
from signaling.buckets import Bucket
from signaling.limits import Limits
from signaling.refusals import GUEST_ROOM, Problem
from signaling.rooms import Room
from signaling.worker import Worker
from widget.wire.packet import TAG_FRAME

MINUTE_S = 60


def refuse_private(claims: Claims, room: Room) -> None:
    """A private room is among people who know each other."""
    if claims.via == GUEST and room.genesis.private:
        raise Problem(GUEST_ROOM)


async def refuse_making(worker: Worker, claims: Claims, room: Room) -> None:
    """No private room ever; a public one where the site's host lets guests make them."""
    refuse_private(claims, room)
    if claims.via == GUEST and await guests_of(worker.shared, claims.org) != "rooms":
        raise Problem(GUEST_ROOM)


class GuestPace:
    """How many frames a guest has relayed to each member."""

    __slots__ = ("_frames", "_per_min")

    def __init__(self, limits: Limits) -> None:
        self._per_min = limits.guest_messages_min
        self._frames: dict[str, Bucket] = {}

    def relay(self, sid: str, blob: bytes, now_s: float) -> bool:
        """False for a frame too many. What keeps a session alive and a talk whole is no frame of messages."""
        if blob[:1] != bytes([TAG_FRAME]):
            return True
        bucket = self._frames.get(sid)
        if bucket is None:
            bucket = Bucket(self._per_min / MINUTE_S, self._per_min, now_s)
            self._frames[sid] = bucket
        return bucket.take(1, now_s)

    def forget(self, sid: str) -> None:
        self._frames.pop(sid, None)
