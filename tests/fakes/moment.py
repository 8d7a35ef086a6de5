"""The time of a service, moved by hand."""

from __future__ import annotations

START_S = 1_800_000_000


class Moment:
    """Seconds since 1970."""

    def __init__(self) -> None:
        self.at_s: float = START_S

    def now_s(self) -> float:
        return self.at_s

    def go(self, seconds: float) -> None:
        self.at_s += seconds
