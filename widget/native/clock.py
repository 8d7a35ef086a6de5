"""Time and tasks of an asyncio program."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any


class NativeDeferred:
    """A future that may be settled or failed any number of times; the first counts."""

    def __init__(self) -> None:
        self._future: asyncio.Future[object] = asyncio.get_running_loop().create_future()

    def settle(self, value: object) -> None:
        if not self._future.done():
            self._future.set_result(value)

    def fail(self, error: Exception) -> None:
        if not self._future.done():
            self._future.set_exception(error)
            self._future.exception()  # nobody has to wait for it

    async def wait(self) -> object:
        return await asyncio.shield(self._future)


class NativeClock:
    """`on_error` hears what spawned work and timers raise."""

    def __init__(self, on_error: Callable[[BaseException], None]) -> None:
        self._on_error: Callable[[BaseException], None] = on_error
        self._tasks: set[asyncio.Task[None]] = set()

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def steady_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000

    @staticmethod
    def iso(ms: int) -> str:
        return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S") + f".{ms % 1000:03d}Z"

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        return asyncio.get_running_loop().call_later(max(0, delay_ms) / 1000, self._fire, action).cancel

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def deferred(self) -> NativeDeferred:
        return NativeDeferred()

    async def close(self) -> None:
        """Cancel what still runs."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _fire(self, action: Callable[[], None]) -> None:
        try:
            action()
        except Exception as error:
            self._on_error(error)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            error = task.exception()
            if error is not None:
                self._on_error(error)
