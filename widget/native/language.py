"""English for where there is no browser: plurals, numbers, times and days."""

from __future__ import annotations

from datetime import datetime, tzinfo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class English:
    """As `en-GB` of a browser. `zone` is this machine's own where it is None."""

    locale: str = "en-GB"

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone: tzinfo | None = zone

    def find(self, sentence: str, category: str) -> str | None:
        return None

    def category(self, count: int) -> str:
        return "one" if count == 1 else "other"

    def number(self, count: int) -> str:
        return f"{count:,}"

    def time(self, at: str) -> str:
        return self._wall(at).strftime("%H:%M")

    def date(self, at: str) -> str:
        wall = self._wall(at)
        return f"{wall.day} {MONTHS[wall.month - 1]}"

    def _wall(self, at: str) -> datetime:
        return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(self._zone)
