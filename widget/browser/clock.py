"""Time and tasks of a page."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.browser import js


class Later:
    """A value that arrives once (`Deferred`). The promise carries no value: it only wakes the waiters."""

    def __init__(self) -> None:
        self._done: bool = False
        self._value: object = None
        self._error: Exception | None = None
        self._wake: js.Value = None
        self._woken: js.Value = js.new(js.window.Promise, js.listener(self._keep))

    def _keep(self, resolve: js.Value, _reject: js.Value) -> None:
        self._wake = resolve

    def settle(self, value: object) -> None:
        if not self._done:
            self._done = True
            self._value = value
            self._wake()

    def fail(self, error: Exception) -> None:
        if not self._done:
            self._done = True
            self._error = error
            self._wake()

    async def wait(self) -> object:
        if not self._done:
            await js.wait(self._woken)
        if self._error is not None:
            raise self._error
        return self._value


def outcome(source: js.Value, good: str, bad: str, limit_ms: int) -> Later:
    """Settled by the event `good`; failed by the event `bad`, or when neither came in time."""
    later = Later()

    def fail(_event: js.Value) -> None:
        later.fail(Exception())

    source[good] = js.listener(lambda _event: later.settle(None))
    source[bad] = js.listener(fail)
    js.window.setTimeout(js.listener(fail), limit_ms)
    return later


class BrowserClock:
    """`on_error` hears what spawned work and timers raise."""

    def __init__(self, on_error: Callable[[Exception], None]) -> None:
        self._on_error: Callable[[Exception], None] = on_error

    def now_ms(self) -> int:
        now: int = js.window.Date.now()
        return now

    def steady_ms(self) -> int:
        return int(js.window.performance.now())

    def iso(self, ms: int) -> str:
        return str(js.new(js.window.Date, ms).toISOString())

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        def fire() -> None:
            try:
                action()
            except Exception as error:
                self._on_error(error)

        timer = js.window.setTimeout(js.listener(fire), delay_ms)
        return lambda: js.window.clearTimeout(timer)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        js.start(self._guarded(work))

    def deferred(self) -> Later:
        return Later()

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            self._on_error(error)
