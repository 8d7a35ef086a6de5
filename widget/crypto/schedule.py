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


def find_need(
    current: LiveEpoch | None, membership: Membership, changed_ms: int, ahead_ms: int, spent_ms: int
) -> Need:
    """The most urgent need. `changed_ms`: when somebody last came or went; `ahead_ms`: from when on a newer epoch that
    others hold counts as lost to me, `spent_ms`: when I saw that the epoch carried enough frames; -1 for never."""
    if current is None:
        return Need(REASON_FIRST, changed_ms)
    wanted = membership.roster()
    if not all(current.has(peer) for peer in wanted):
        return Need(REASON_JOIN, changed_ms)
    if len(wanted) < len(current.members):
        return Need(REASON_LEAVE, changed_ms)
    if ahead_ms >= 0:
        return Need(REASON_RESYNC, ahead_ms)
    if spent_ms >= 0:
        return Need(REASON_FRAMES, spent_ms)
    return Need(REASON_AGE, current.since_ms + EPOCH_LIFE_MS)


def due_at_ms(need: Need, rank: int, current: LiveEpoch | None, not_before_ms: int) -> int:
    """When a member of `rank` meets the need: at once, but 2 s after the last shared epoch (so that joins
    gather), not before the newcomers told their epoch, and later the further back in line."""
    since_ms = need.since_ms
    earliest_ms = not_before_ms
    if current is not None and current.shared():
        earliest_ms = max(earliest_ms, current.since_ms + REKEY_INTERVAL_MS)
    if current is not None and rank > 0:
        since_ms = max(since_ms, current.since_ms)
    return max(earliest_ms, since_ms + takeover_ms(rank))
