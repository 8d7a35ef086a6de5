"""A token bucket: how much one neighbour may send before anything costly is done with it."""

from __future__ import annotations


class Budget:
    """Refills `per_s` a second up to `burst`; counted in thousandths, so that time stays whole milliseconds."""

    def __init__(self, per_s: int, burst: int, now_ms: int) -> None:
        self._per_s: int = per_s
        self._full: int = burst * 1000
        self._left: int = burst * 1000
        self._at_ms: int = now_ms

    def take(self, amount: int, now_ms: int) -> bool:
        """Spend `amount` if it is there."""
        self._refill(now_ms)
        if self._left < amount * 1000:
            return False
        self._left -= amount * 1000
        return True

    def _refill(self, now_ms: int) -> None:
        passed_ms = max(0, now_ms - self._at_ms)
        self._left = min(self._full, self._left + passed_ms * self._per_s)
        self._at_ms = now_ms
