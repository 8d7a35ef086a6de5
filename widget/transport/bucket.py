"""A token bucket: how fast something may go."""

from __future__ import annotations

from widget.ports import Clock


class Bucket:
    """Holds `burst` tokens, one more every `each_ms`."""

    def __init__(self, clock: Clock, burst: int, each_ms: int) -> None:
        self._clock: Clock = clock
        self._each_ms: int = each_ms
        self._slack_ms: int = (burst - 1) * each_ms
        self._full_ms: int = 0  # when it is full again

    def has(self) -> bool:
        """There is at least one token."""
        return self._full_ms - self._clock.steady_ms() <= self._slack_ms

    def take(self, count: int) -> bool:
        """False where there is none: then nothing is taken. A big taker goes into debt."""
        if not self.has():
            return False
        self._full_ms = max(self._full_ms, self._clock.steady_ms()) + count * self._each_ms
        return True
