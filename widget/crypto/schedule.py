"""When it is my turn to issue an epoch."""

from __future__ import annotations

from dataclasses import dataclass

from widget.crypto.epoch_rules import takeover_ms
from widget.crypto.limits import EPOCH_LIFE_MS, REKEY_INTERVAL_MS
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.membership import Membership
from widget.wire.epoch import (
    REASON_AGE,
    REASON_FIRST,
    REASON_FRAMES,
    REASON_JOIN,
    REASON_LEAVE,
    REASON_RESYNC,
)


@dataclass(frozen=True)
class Need:
    """Why there should be a new epoch, and since (or from) when."""

    reason: int
    since_ms: int


class Times:
    """When things happened that may want a new epoch; -1 for never."""

    def __init__(self, now_ms: int) -> None:
        self.changed_ms: int = now_ms
        """Somebody last came or went."""
        self.ahead_ms: int = -1
        """From then on a newer epoch that others hold counts as lost to me."""
        self.spent_ms: int = -1
        """The epoch has carried enough frames."""


def find_need(current: LiveEpoch | None, membership: Membership, times: Times, missing_ms: int) -> Need:
    """The most urgent need. `missing_ms`: since when somebody who is here cannot read, -1 if all can."""
    if current is None:
        return Need(REASON_FIRST, times.changed_ms)
    if missing_ms >= 0:
        return Need(REASON_JOIN, missing_ms)
    if len(membership.roster()) < len(current.members):
        return Need(REASON_LEAVE, max(times.changed_ms, current.since_ms))
    if times.ahead_ms >= 0:
        return Need(REASON_RESYNC, max(times.ahead_ms, current.since_ms))
    if times.spent_ms >= 0:
        return Need(REASON_FRAMES, times.spent_ms)
    return Need(REASON_AGE, current.since_ms + EPOCH_LIFE_MS)


def due_at_ms(need: Need, rank: int, current: LiveEpoch | None, not_before_ms: int) -> int:
    """When a member of `rank` meets the need: at once, but 2 s after the last shared epoch (so that joins
    gather), not before the newcomers told their epoch, and later the further back in line."""
    earliest_ms = not_before_ms
    if current is not None and current.shared():
        earliest_ms = max(earliest_ms, current.since_ms + REKEY_INTERVAL_MS)
    return max(earliest_ms, need.since_ms + takeover_ms(rank))
