"""Times and days as the reader's wall clock shows them."""

from __future__ import annotations

from widget.ui.strings import say

DAY_MIN = 1440


def clock_time(minute: int, twelve_hour: bool) -> str:
    """ "14:05", or "2:05 pm"."""
    hour = minute // 60 % 24
    if not twelve_hour:
        return f"{hour:02d}:{minute % 60:02d}"
    half = "am" if hour < 12 else "pm"
    return f"{(hour + 11) % 12 + 1}:{minute % 60:02d} {half}"


def day_name(minute: int, now_minute: int, day: int, month: str) -> str:
    """ "Today", "Yesterday", or "12 Mar"."""
    ago = now_minute // DAY_MIN - minute // DAY_MIN
    if ago == 0:
        return say("Today")
    if ago == 1:
        return say("Yesterday")
    return f"{day} {say(month)}"
