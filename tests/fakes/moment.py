"""The time of a service, moved by hand."""

from __future__ import annotations

START_S = 1_800_000_000


class Moment:
    """Seconds since 1970, and by `steady_s` since it began, which only `go` moves."""

    def __init__(self) -> None:
        self.at_s: float = START_S
        self._steady_s = 0.0

    def now_s(self) -> float:
        return self.at_s

    def steady_s(self) -> float:
        return self._steady_s

    def go(self, seconds: float) -> None:
        self.at_s += seconds
        self._steady_s += seconds

    def step(self, seconds: float) -> None:
        """A time service sets the clock, in no time."""
        self.at_s += seconds
