"""Two ends of a path for packets, which can lose, delay, repeat and swap what a test lists."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes.clock import HandClock


class Fates:
    """What happens to the next packets, one word each: "" arrives, "lost", "twice", "late 300" (ms). Then all do."""

    def __init__(self, words: list[str] | None = None) -> None:
        self.words: list[str] = [] if words is None else words
        self.all_lost = False
        self.count = 0

    def delays_ms(self, usual_ms: int) -> list[int]:
        """When the next packet arrives: not at all, once or twice."""
        self.count += 1
        word = self.words.pop(0) if len(self.words) > 0 else ""
        if self.all_lost or word == "lost":
            return []
        if word == "twice":
            return [usual_ms, usual_ms]
        if word.startswith("late "):
            return [usual_ms + int(word[5:])]
        return [usual_ms]


class LinkedChannels:
    """`send(0, data)` arrives at the second end's listener and `send(1, data)` at the first's."""

    def __init__(self, clock: HandClock, delay_ms: int = 1) -> None:
        self._clock = clock
        self.delay_ms = delay_ms
        self.fates = (Fates(), Fates())
        self.listeners: list[Callable[[bytes], None]] = [_nobody, _nobody]
        self.seen: list[bytes] = []

    def send(self, end: int, data: bytes) -> None:
        self.seen.append(data)
        for delay_ms in self.fates[end].delays_ms(self.delay_ms):
            self._clock.after(delay_ms, lambda: self.listeners[1 - end](data))


def _nobody(data: bytes) -> None:
    return
