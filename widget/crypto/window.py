"""Which counters of one sender have been seen: a sliding window against replay."""

from __future__ import annotations


class Window:
    """The last `size` counters up to the highest seen; each keeps a small text (a frame's hash)."""

    def __init__(self, size: int) -> None:
        self._size: int = size
        self._top: int = -1
        self._seen: dict[int, str] = {}

    @property
    def top(self) -> int:
        """The highest counter seen, -1 before the first."""
        return self._top

    def below(self, counter: int) -> bool:
        """Too old to tell whether it was seen."""
        return counter <= self._top - self._size

    def seen(self, counter: int) -> str | None:
        """The text kept with a counter that was seen."""
        return self._seen.get(counter)

    def mark(self, counter: int, text: str) -> bool:
        """Remember a counter; False when it had been seen or is below the window."""
        if self.below(counter) or counter in self._seen:
            return False
        self._seen[counter] = text
        if counter > self._top:
            self._forget(counter)
            self._top = counter
        return True

    def complete_below(self, counter: int) -> bool:
        """Every counter from the window's start up to, not including, `counter` was seen."""
        start = max(0, self._top - self._size + 1)
        if counter == self._top + 1:
            return len(self._seen) == counter - start
        return all(earlier in self._seen for earlier in range(start, counter))

    def _forget(self, top: int) -> None:
        """Drop what falls out of the window when `top` becomes its end."""
        start = max(0, self._top - self._size + 1)
        end = min(self._top, top - self._size)
        for old in range(start, end + 1):
            if old in self._seen:
                del self._seen[old]
