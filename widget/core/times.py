"""Times as people and the public API write them."""

from __future__ import annotations

DAY_MS: int = 86400000


def iso_time(ms: int) -> str:
    """`ms` since 1970 as ISO 8601 in UTC: "2026-11-23T10:00:00.000Z"."""
    days = ms // DAY_MS
    rest = ms % DAY_MS
    year, month, day = _civil(days)
    clock = f"{rest // 3600000:02d}:{rest // 60000 % 60:02d}:{rest // 1000 % 60:02d}.{rest % 1000:03d}"
    return f"{year:04d}-{month:02d}-{day:02d}T{clock}Z"


def _civil(days: int) -> tuple[int, int, int]:
    """Year, month, day of a day since 1970 in the Gregorian calendar, counted from 1 March of year 0 in eras of 400."""
    shifted = days + 719468
    era = shifted // 146097
    day_of_era = shifted % 146097
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year = year_of_era + era * 400
    return (year + 1 if month <= 2 else year, month, day)
