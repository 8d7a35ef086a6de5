"""Days as the reader's wall clock shows them."""

from __future__ import annotations

from widget.ui.strings import say

DAY_MIN = 1440


def day_name(minute: int, now_minute: int, date: str) -> str:
    """ "Today", "Yesterday", or the date."""
    ago = now_minute // DAY_MIN - minute // DAY_MIN
    return say("Today") if ago == 0 else say("Yesterday") if ago == 1 else date
