"""When something holds: two clocks may differ a little."""

from __future__ import annotations

from widget.crypto.limits import CLOCK_SKEW_MS


def holds_at(now_ms: int, from_ms: int, until_ms: int) -> bool:
    return from_ms - CLOCK_SKEW_MS <= now_ms < until_ms + CLOCK_SKEW_MS
