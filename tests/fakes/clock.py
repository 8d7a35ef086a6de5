"""A clock that moves only when a test moves it, and tasks that run on the real loop."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Coroutine
from typing import Any

from tests.fakes.realm import NOW_MS as START_MS
from widget.native.clock import NativeClock, NativeDeferred


class HandClock:
    """Timers fire in order while `advance` walks through the time between; `errors` holds what tasks raised."""

    def __init__(self) -> None:
        self._now_ms: int = START_MS
        self._timers: list[tuple[int, int, Callable[[], None]]] = []
        self._cancelled: set[int] = set()
        self._count: int = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.errors: list[BaseException] = []

    def now_ms(self) -> int:
        return self._now_ms

    def steady_ms(self) -> int:
        return self._now_ms - START_MS + 1_000

    def iso(self, ms: int) -> str:
        return NativeClock.iso(ms)

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        self._count += 1
        mine = self._count
        heapq.heappush(self._timers, (self._now_ms + max(0, delay_ms), mine, action))
        return lambda: self._cancelled.add(mine)

    async def sleep(self, delay_ms: int) -> None:
        done = self.deferred()
        self.after(delay_ms, lambda: done.settle(None))
        await done.wait()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def deferred(self) -> NativeDeferred:
        return NativeDeferred()

    async def advance(self, ms: int) -> None:
        """Let `ms` pass, every timer at its moment, every task as far as it gets."""
        end_ms = self._now_ms + ms
        await self.settle()
        while len(self._timers) > 0 and self._timers[0][0] <= end_ms:
            at_ms, number, action = heapq.heappop(self._timers)
            self._now_ms = max(self._now_ms, at_ms)
            if number in self._cancelled:
                self._cancelled.discard(number)
                continue
            action()
            await self.settle()
        self._now_ms = end_ms

    async def until(self, true: Callable[[], bool], limit_ms: int = 60_000) -> int:
        """Move on from timer to timer until it is `true`; returns the milliseconds that took."""
        start_ms = self._now_ms
        await self.settle()
        while not true():
            if len(self._timers) == 0 or self._timers[0][0] > start_ms + limit_ms:
                raise AssertionError(f"still not so after {limit_ms} ms")
            await self.advance(max(0, self._timers[0][0] - self._now_ms))
        return self._now_ms - start_ms

    async def step(self) -> None:
        """What is ready goes on to its next await; where nothing is, the next timer fires."""
        if len(asyncio.get_running_loop()._ready) == 0 and len(self._timers) > 0:  # type: ignore[attr-defined]
            at_ms, number, action = heapq.heappop(self._timers)
            self._now_ms = max(self._now_ms, at_ms)
            if number not in self._cancelled:
                action()
        await asyncio.sleep(0)

    async def settle(self) -> None:
        """Run the loop until nothing is ready any more."""
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        while True:
            await asyncio.sleep(0)
            if len(ready) == 0:
                return

    async def close(self) -> None:
        """Stop what still runs, as closing a page would."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            error = task.exception()
            if error is not None:
                self.errors.append(error)


class DeviceClock:
    """What one device takes for the time: `wrong_ms` off; its timers and its steady clock run as the world's do."""

    def __init__(self, clock: HandClock, wrong_ms: int = 0) -> None:
        self._clock = clock
        self.wrong_ms = wrong_ms
        self.slept_ms = 0

    def now_ms(self) -> int:
        return self._clock.now_ms() + self.wrong_ms

    def steady_ms(self) -> int:
        """Stands still in a sleep."""
        return self._clock.steady_ms() - self.slept_ms

    def iso(self, ms: int) -> str:
        return self._clock.iso(ms)

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        return self._clock.after(delay_ms, action)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._clock.spawn(work)

    def deferred(self) -> NativeDeferred:
        return self._clock.deferred()
