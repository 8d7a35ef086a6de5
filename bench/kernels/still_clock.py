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

    def steady_ms(self) -> int:
        return 0

    def iso(self, ms: int) -> str:
        days = ms // 86_400_000 + 719_468  # since 1 March of year 0
        era = days // 146_097
        of_era = days % 146_097
        year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
        of_year = of_era - (365 * year + year // 4 - year // 100)
        shifted = (5 * of_year + 2) // 153
        month = (shifted + 2) % 12 + 1
        day = of_year - (153 * shifted + 2) // 5 + 1
        of_day = f"{ms // 3600000 % 24:02d}:{ms // 60000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"
        return f"{year + era * 400 + (1 if month <= 2 else 0):04d}-{month:02d}-{day:02d}T{of_day}Z"

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        return action

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        raise OrderError("bench", "nothing is started here")

    def deferred(self) -> Deferred:
        raise OrderError("bench", "nothing is awaited here")
