"""Work is handed on through a protocol, a subclass and a wrapper; each evaluates its arguments once, at once."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from widget.browser import js

Work = Coroutine[Any, Any, None]
log: list[str] = []


class Clock(Protocol):
    def spawn(self, work: Coroutine[Any, Any, None]) -> None: ...


class Real:
    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        log.append("spawned")
        js.start(guarded(work))


class Counting(Real):
    def __init__(self) -> None:
        super().__init__()
        self.count: int = 0

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self.count += 1
        super().spawn(work)


async def guarded(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except KeyError:
        log.append("guarded")


class Room:
    def __init__(self, clock: Clock) -> None:
        self.clock: Clock = clock
        self.turn: int = 0

    @property
    def label(self) -> str:
        log.append(f"label {self.turn}")
        return f"room {self.turn}"

    def next(self) -> int:
        self.turn += 1
        return self.turn

    async def say(self, text: str, times: int = 1, loud: bool = False) -> None:
        log.append(f"{text} {times} {loud}")

    def begin(self) -> None:
        self.clock.spawn(self.say(self.label))
        self.clock.spawn(self.say(self.label, loud=True, times=self.next()))
        self.turn = 10
        self.clock.spawn(self.say(f"{self.label}!", self.next()))


async def main() -> None:
    counting = Counting()
    Room(counting).begin()
    print(counting.count)
    Room(Real()).begin()
    print(log)
