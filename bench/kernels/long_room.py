"""A long log on a real page, and what is added to it."""

from __future__ import annotations

from bench.kernels.long_log import Authors, Copy, long_log

NOBODY = -1
LATE_PEOPLE = 2  # authors of news: one in order, one who was behind


class LongRoom:
    """`say` and `say_late` add one event each to a log of `count`."""

    def __init__(self, count: int) -> None:
        self._copy: Copy = Copy(NOBODY)
        self._copy.open(long_log(count), 0)
        self._number: int = count
        self._middle: int = count // 2
        self._news: Authors = Authors(LATE_PEOPLE, 100)

    def shown(self) -> int:
        return len(self._copy.state.now.messages)

    def say(self) -> None:
        """One more event at the end."""
        self._number += 1
        self._copy.hear([self._news.say(self._number, 0, self._number)], 0)

    def say_late(self) -> None:
        """One more that belongs into the middle."""
        self._middle += 1
        self._copy.hear([self._news.say(self._number, 1, self._middle)], 0)
