"""Which counters of one sender have been seen: a sliding window against replay."""

from __future__ import annotations


class Window:
    """The last `size` counters up to the highest seen; each keeps a small text (a frame's hash)."""

    def __init__(self, size: int) -> None:
        self.top: int = -1  # the highest counter seen
        self._size: int = size
        self._seen: dict[int, str] = {}

    def below(self, counter: int) -> bool:
        """Too old to tell whether it was seen."""
        return counter <= self.top - self._size

    def seen(self, counter: int) -> str | None:
        """The text kept with a counter that was seen."""
        return self._seen.get(counter)

    def mark(self, counter: int, text: str) -> bool:
        """Remember a counter; False when it had been seen or is below the window."""
        if self.below(counter) or counter in self._seen:
            return False
        self._seen[counter] = text
        if counter > self.top:
            for old in range(self._start(), min(self.top, counter - self._size) + 1):
                if old in self._seen:
                    del self._seen[old]
            self.top = counter
        return True

    def _start(self) -> int:
        return max(0, self.top - self._size + 1)
