"""Times and days as the reader's wall clock shows them."""

from __future__ import annotations

from dataclasses import dataclass

from widget.ui.strings import say

DAY_MIN = 1440


@dataclass(frozen=True)
class WallTime:
    """A time where the reader is: minutes since 1970, the day of the month, and the month as three English letters."""

    minute: int
    day: int
    month: str


def clock_time(minute: int, twelve_hour: bool) -> str:
    """ "14:05", or "2:05 pm"."""
    hour = minute // 60 % 24
    if not twelve_hour:
        return f"{hour:02d}:{minute % 60:02d}"
    half = "am" if hour < 12 else "pm"
    return f"{(hour + 11) % 12 + 1}:{minute % 60:02d} {half}"


def day_name(time: WallTime, now: WallTime) -> str:
    """ "Today", "Yesterday", or "12 Mar"."""
    ago = now.minute // DAY_MIN - time.minute // DAY_MIN
    if ago == 0:
        return say("Today")
    if ago == 1:
        return say("Yesterday")
    return f"{time.day} {say(time.month)}"
