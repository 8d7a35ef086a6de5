"""What a contract says: one sentence after the other, each held or not. Same subset of Python as widget/."""

from __future__ import annotations

from widget.ports import Clock, Deferred


class Report:
    """Sentences in the order they were checked; `broken` are those that did not hold."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.broken: list[str] = []

    def that(self, sentence: str, held: bool) -> None:
        self.sentences.append(sentence)
        if not held:
            self.broken.append(sentence)


async def pause(clock: Clock, delay_ms: int) -> None:
    """Let time pass."""
    over = clock.deferred()
    clock.after(delay_ms, lambda: over.settle(None))
    await over.wait()


class Inbox:
    """What callbacks heard, in order, to be awaited one by one."""

    def __init__(self, clock: Clock) -> None:
        self._clock: Clock = clock
        self._heard: list[str] = []
        self._waiting: Deferred | None = None

    def put(self, text: str) -> None:
        self._heard.append(text)
        if self._waiting is not None:
            self._waiting.settle(None)
            self._waiting = None

    async def next(self) -> str:
        while len(self._heard) == 0:
            waiting = self._clock.deferred()
            self._waiting = waiting
            await waiting.wait()
        first = self._heard[0]
        self._heard = self._heard[1:]
        return first

    async def take(self, count: int) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            found.append(await self.next())
        return found

    def all(self) -> list[str]:
        return self._heard
