"""Rates inside one worker: token buckets, and strikes for those who overdo it."""

from __future__ import annotations

from collections import deque


class Bucket:
    """`burst` at once, `per_s` in the long run. Time is the caller's, in seconds."""

    __slots__ = ("_at_s", "_burst", "_left", "_per_s")

    def __init__(self, per_s: float, burst: float, now_s: float) -> None:
        self._per_s = per_s
        self._burst = burst
        self._left = burst
        self._at_s = now_s

    def take(self, amount: float, now_s: float) -> bool:
        """All of `amount` or nothing."""
        gone_s = now_s - self._at_s
        if gone_s > 0:
            left = self._left + gone_s * self._per_s
            self._left = left if left < self._burst else self._burst
            self._at_s = now_s
        if amount > self._left:
            return False
        self._left -= amount
        return True


class Strikes:
    """Counts offences within a window."""

    __slots__ = ("_at_s", "_limit", "_window_s")

    def __init__(self, limit: int, window_s: float) -> None:
        self._limit = limit
        self._window_s = window_s
        self._at_s: deque[float] = deque()

    def add(self, now_s: float, apart_s: float = 0) -> bool:
        """True when that was one too many. Those less than `apart_s` after the last are part of it: one burst."""
        while len(self._at_s) > 0 and self._at_s[0] <= now_s - self._window_s:
            self._at_s.popleft()
        if len(self._at_s) == 0 or now_s - self._at_s[-1] >= apart_s:
            self._at_s.append(now_s)
        return len(self._at_s) >= self._limit
