"""Times as people and the public API write them."""

from __future__ import annotations

from widget.ports import Clock

LAST_MS: int = 253402300799999  # 9999-12-31T23:59:59.999Z; what others claim may be later


def iso_time(clock: Clock, ms: int) -> str:
    """`ms` since 1970 as ISO 8601 in UTC: "2026-11-23T10:00:00.000Z"."""
    return clock.iso(min(ms, LAST_MS))
