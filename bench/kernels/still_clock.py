"""A clock that stands: for kernels that need one and never wait."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.errors import OrderError
from widget.ports import Deferred


class StillClock:
    """Nothing is ever started or called."""

    def now_ms(self) -> int:
        return 1_795_000_000_000

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        return action

    async def sleep(self, delay_ms: int) -> None:
        return None

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        raise OrderError("bench", "nothing is started here")

    def deferred(self) -> Deferred:
        raise OrderError("bench", "nothing is awaited here")
