"""What I know of the copy that one member holds, what it was told of mine, and what it may still bring."""

from __future__ import annotations

from widget.crypto.limits import MAX_SESSIONS
from widget.crypto.remembered import forget_oldest
from widget.ports import Clock
from widget.room.limits import (
    AGAIN_MS,
    EVENTS_BURST,
    EVENTS_PER_S,
    FETCH_BURST,
    FETCH_EACH_MS,
    GUEST_AT_ONCE,
    GUEST_EACH_MS,
    NEVER_MS,
)
from widget.transport.bucket import Bucket


class Other:
    """By author: `firsts`, `heads`, `lacks`, `bodies`. Times are on the steady clock."""

    def __init__(self, clock: Clock) -> None:
        self.first: int = 0  # it holds my log from there
        self.last: int = 0  # to there
        self.digests: list[str] = []
        self.firsts: dict[str, int] = {}  # the number of the first event that it holds, or may hold
        self.heads: dict[str, int] = {}  # that of the last
        self.lacks: dict[str, int] = {}  # up to there it has nothing for me
        self.bodies: dict[str, int] = {}  # up to there it was asked for bodies that I lack
        self.told: bytes = b""  # my last beat
        self.told_ms: int = 0
        self.acknowledged: int = 0  # its log, up to where I told it that I hold it
        self.differs_ms: int = NEVER_MS  # since then our digests differ
        self.compared_ms: int = -AGAIN_MS
        self.is_new: bool = True  # nothing was compared on this way yet
        self.was_equal: bool = False  # on this way its digests were mine once
        self.late: int = 0  # so often it did not answer in time: others are asked before it
        self.fetches: Bucket = Bucket(clock, FETCH_BURST, FETCH_EACH_MS)  # how often it may ask
        self.news: Bucket = Bucket(clock, EVENTS_BURST, 1000 // EVENTS_PER_S)  # what it may bring unasked
        self.met_ms: int = NEVER_MS  # since then there is a way to it
        self.bad: int = 0  # forged events that it brought
        self.rests_until_ms: int = 0  # until then nothing of it is read


class Others:
    """By session id. Who goes and comes again is not forgotten: its budgets would be new."""

    def __init__(self, clock: Clock) -> None:
        self._clock: Clock = clock
        self.known: dict[str, Other] = {}
        self._says: dict[str, Bucket] = {}

    def of(self, sid: str) -> Other:
        found = self.known.get(sid)
        if found is None:
            found = Other(self._clock)
            self.known[sid] = found
            forget_oldest(self.known, MAX_SESSIONS)
        return found

    def says(self, sub: str) -> Bucket:
        """How much a guest says, in all its sessions."""
        found = self._says.get(sub)
        if found is None:
            found = Bucket(self._clock, GUEST_AT_ONCE, GUEST_EACH_MS)
            self._says[sub] = found
            forget_oldest(self._says, MAX_SESSIONS)
        return found
