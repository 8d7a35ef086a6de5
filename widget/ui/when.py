"""Times and days as the reader's wall clock shows them."""

from __future__ import annotations

from widget.ui.strings import say

DAY_MIN = 1440


class When:
    """Reads ISO 8601 UTC times. `offset_min` is the reader's zone, minutes east of UTC."""

    def __init__(self, offset_min: int, twelve_hour: bool) -> None:
        self.offset_min: int = offset_min
        self.twelve_hour: bool = twelve_hour

    def minute(self, iso: str) -> int:
        """Local minutes since 1970; 0 for what is no time."""
        year = iso[0:4]
        month = iso[5:7]
        day = iso[8:10]
        hour = iso[11:13]
        minute = iso[14:16]
        if len(minute) < 2 or not digits(year + month + day + hour + minute):
            return 0
        days = days_since_1970(number(year), number(month), number(day))
        return days * DAY_MIN + number(hour) * 60 + number(minute) + self.offset_min

    def time(self, iso: str) -> str:
        """ "14:05", or "2:05 pm"."""
        of_day = self.minute(iso) % DAY_MIN
        hour = of_day // 60
        if not self.twelve_hour:
            return f"{hour:02d}:{of_day % 60:02d}"
        half = "am" if hour < 12 else "pm"
        return f"{(hour + 11) % 12 + 1}:{of_day % 60:02d} {half}"

    def day(self, iso: str, now_ms: int) -> str:
        """ "Today", "Yesterday", or "12 Mar"."""
        ago = (now_ms // 60_000 + self.offset_min) // DAY_MIN - self.minute(iso) // DAY_MIN
        if ago == 0:
            return say("Today")
        if ago == 1:
            return say("Yesterday")
        month, day = month_and_day(self.minute(iso) // DAY_MIN)
        return f"{day} {say('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec').split(' ')[month - 1]}"


def digits(content: str) -> bool:
    """Only 0 to 9, and at least one."""
    return content.isascii() and content.isdecimal()


def number(content: str) -> int:
    """What these `digits` say. `int` reads much more, and takes more room in the bundle than all of this module."""
    value = 0
    for digit in content:
        value = value * 10 + ord(digit) - 48
    return value


def only_digits(content: str) -> str:
    return "".join([char for char in content if char in "0123456789"])


def days_since_1970(year: int, month: int, day: int) -> int:
    """Days in the proleptic Gregorian calendar; years begin in March, so that the leap day is a year's last."""
    shifted = year - 1 if month <= 2 else year
    era = shifted // 400
    of_era = shifted - era * 400
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def month_and_day(days: int) -> tuple[int, int]:
    """The inverse of `days_since_1970`, without the year."""
    of_era = (days + 719_468) % 146_097
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    return (shifted + 2) % 12 + 1, of_year - (153 * shifted + 2) // 5 + 1
