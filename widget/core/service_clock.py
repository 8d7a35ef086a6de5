"""The time that the services tell, carried on by the steady clock: the device's own clock may be wrong or step."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.core.limits import CLOCK_REACH_MS
from widget.ports import Clock, Deferred


class ServiceClock:
    """A `Clock` whose time never goes back once a service has told it. Until then the device's clock is believed."""

    def __init__(self, clock: Clock) -> None:
        self._clock: Clock = clock
        self._ahead_ms: int = clock.now_ms() - clock.steady_ms()
        self._own_ms: int = self._ahead_ms  # what the device said when it last agreed: no service moves that
        self._is_told: bool = False

    def hear(self, service_ms: int) -> bool:
        """A service says what time it is. False, and nothing changes, where that is beyond belief.

        After a sleep the steady clock may be behind and the device's right; after a step it is the other way round.
        """
        steady_ms = self._clock.steady_ms()
        ahead_ms = service_ms - steady_ms
        own_ms = self._clock.now_ms() - steady_ms
        if abs(ahead_ms - own_ms) <= CLOCK_REACH_MS:
            self._own_ms = own_ms
        elif abs(ahead_ms - self._own_ms) > CLOCK_REACH_MS:
            return False
        self._ahead_ms = max(ahead_ms, self._ahead_ms) if self._is_told else ahead_ms
        self._is_told = True
        return True

    def now_ms(self) -> int:
        return self._clock.steady_ms() + self._ahead_ms

    def steady_ms(self) -> int:
        return self._clock.steady_ms()

    def iso(self, ms: int) -> str:
        return self._clock.iso(ms)

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        return self._clock.after(delay_ms, action)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._clock.spawn(work)

    def deferred(self) -> Deferred:
        return self._clock.deferred()
