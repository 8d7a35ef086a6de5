from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from widget.browser import js


class Clock:
    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        js.start(self._guard(work))

    async def _guard(self, work: Coroutine[Any, Any, None]) -> None:
        await work


class Service:
    def __init__(self, clock: Clock) -> None:
        self.clock: Clock = clock
        self.turn: int = 0
        self.first: int = 2  # nothing assigns it again

    def begin(self, name: str) -> None:
        self.clock.spawn(self.run(name, 1))
        self.clock.spawn(self.run(name, self.first))
        self.clock.spawn(self.run(name, self.turn))
        self.turn += 1

    async def run(self, name: str, turn: int) -> None:
        print(name, turn)
