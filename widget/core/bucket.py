"""A token bucket: how fast something may go."""

from __future__ import annotations

from widget.ports import Clock


class Bucket:
    """Holds `burst` tokens, one more every `each_ms`."""

    def __init__(self, clock: Clock, burst: int, each_ms: int) -> None:
        self._clock: Clock = clock
        self._burst: int = burst
        self._each_ms: int = each_ms
        self._tokens: int = burst
        self._filled_ms: int = clock.now_ms()

    def take(self, count: int) -> bool:
        """Take `count` tokens if there is at least one; a big taker goes into debt."""
        self._refill()
        if self._tokens < 1:
            return False
        self._tokens -= count
        return True

    def wait_ms(self) -> int:
        """How long until there is a token."""
        self._refill()
        if self._tokens > 0:
            return 0
        return (1 - self._tokens) * self._each_ms - (self._clock.now_ms() - self._filled_ms)

    def _refill(self) -> None:
        steps = (self._clock.now_ms() - self._filled_ms) // self._each_ms
        if steps > 0:
            self._filled_ms += steps * self._each_ms
            self._tokens = min(self._burst, self._tokens + steps)
