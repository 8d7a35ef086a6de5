"""When it is my turn to issue an epoch."""

from __future__ import annotations

from collections.abc import Iterable

from widget.crypto.epoch_rules import takeover_ms
from widget.crypto.frames import Frames
from widget.crypto.limits import EPOCH_LIFE_MS, REKEY_INTERVAL_MS, RESYNC_MS, STATE_WAIT_MS
from widget.crypto.live_epoch import NEVER_MS, LiveEpoch
from widget.crypto.membership import Membership
from widget.wire.epoch import (
    REASON_AGE,
    REASON_FIRST,
    REASON_FRAMES,
    REASON_JOIN,
    REASON_LEAVE,
    REASON_RESYNC,
)


class Schedule:
    """When things happened that may want a new epoch."""

    def __init__(self, membership: Membership, frames: Frames, now_ms: int) -> None:
        self.changed_ms: int = now_ms  # somebody last came: from then on I want a first epoch
        self.ahead_n: int = 0  # the highest number that others claim to hold
        self._ahead_ms: int = NEVER_MS  # from then on that epoch counts as lost to me
        self._spent_ms: int = NEVER_MS  # the epoch has carried enough frames
        self.missing_ms: dict[str, int] = {}  # since when somebody here is not in the epoch I hold, by sid
        self._left_ms: dict[str, int] = {}  # since when somebody in it is not here
        self._heard: set[str] = set()
        self._membership: Membership = membership
        self._frames: Frames = frames

    def heard(self, sid: str) -> None:
        """That session told its STATE."""
        self._heard.add(sid)

    def left(self, sid: str, now_ms: int) -> None:
        self._heard.discard(sid)
        self.look(now_ms)

    def look(self, now_ms: int) -> None:
        """Members or epoch are others now. Each who is missing, and each who is in it and not here, is a need with a
        clock of its own, which no epoch stops that does not meet it, and no coming and going of others."""
        current = self._frames.current
        readers = [] if current is None else current.roster
        here = [self._membership.me.sid, *self._membership.others()]
        self.missing_ms = _since(self.missing_ms, [sid for sid in here[1:] if sid not in readers], now_ms)
        self._left_ms = _since(self._left_ms, [sid for sid in readers if sid not in here], now_ms)

    def met_by(self, roster: Iterable[str]) -> int:
        """Since when there is a need that an epoch for these would meet."""
        met = [since_ms for sid, since_ms in self.missing_ms.items() if sid in roster]
        return min([NEVER_MS, *met, *[since_ms for sid, since_ms in self._left_ms.items() if sid not in roster]])

    def ahead(self, n: int, members: int, now_ms: int) -> None:
        """Somebody holds a newer epoch than I do. It may be on its way to me, but not when it has one member."""
        if n > self.ahead_n or self._ahead_ms == NEVER_MS:
            self._ahead_ms = now_ms + (RESYNC_MS if members > 1 else 0)
        self.ahead_n = max(self.ahead_n, n)

    def adopted(self, n: int, now_ms: int) -> None:
        """I hold the epoch of that number from now on."""
        self._spent_ms = NEVER_MS
        if n >= self.ahead_n:
            self._ahead_ms = NEVER_MS
        self.look(now_ms)

    def spend(self, now_ms: int) -> None:
        """Note when the epoch has carried enough."""
        current = self._frames.current
        if current is not None and current.spent():
            self._spent_ms = min(self._spent_ms, now_ms)

    def next(self) -> tuple[int, int]:
        """(reason, time) of the next epoch by me. A need is met at once, but 2 s after the last shared epoch (so that
        joins gather), not before the newcomers told their epoch (they may know a newer one), and later the further
        back in line I am: then nothing gathers, and who makes one epoch after another must not put me off."""
        current = self._frames.current
        reason, need_ms = self._need(current)
        rank = self._membership.rank(self._membership.me.sid)
        due_ms = need_ms + takeover_ms(rank)
        if rank == 0 and current is not None and current.shared():
            due_ms = max(due_ms, current.since_ms + REKEY_INTERVAL_MS)
        for sid, since_ms in self.missing_ms.items():
            if sid not in self._heard:
                due_ms = max(due_ms, since_ms + STATE_WAIT_MS)
        return reason, due_ms

    def _need(self, current: LiveEpoch | None) -> tuple[int, int]:
        """The most urgent need, and since (or from) when there is one."""
        if current is None:
            return REASON_FIRST, self.changed_ms
        for reason, times in ((REASON_JOIN, self.missing_ms), (REASON_LEAVE, self._left_ms)):
            if len(times) > 0:
                return reason, min(times.values())
        if self._ahead_ms < NEVER_MS:
            return REASON_RESYNC, max(self._ahead_ms, current.since_ms)
        if self._spent_ms < NEVER_MS:
            return REASON_FRAMES, self._spent_ms
        return REASON_AGE, current.since_ms + EPOCH_LIFE_MS


def _since(before: dict[str, int], sids: list[str], now_ms: int) -> dict[str, int]:
    return {sid: before.get(sid, now_ms) for sid in sids}
