"""Named events: listeners come and go, and none can break another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widget.ports import Clock
from widget.transport.waiting import report

Listener = Callable[[Any], None]


class Events:
    """The listeners of one chat, called in the order they came."""

    def __init__(self, clock: Clock) -> None:
        self._clock: Clock = clock
        self._listeners: dict[str, list[Listener]] = {}

    def on(self, event: str, listener: Listener) -> Callable[[], None]:
        """Listen; the returned function stops it."""
        self._listeners[event] = [*self._listeners.get(event, []), listener]
        return lambda: self.off(event, listener)

    def off(self, event: str, listener: Listener) -> None:
        self._listeners[event] = [other for other in self._listeners.get(event, []) if other != listener]

    def emit(self, event: str, payload: object) -> None:
        """Tell everyone who listens. What a listener raises is the page's own error."""
        for listener in self._listeners.get(event, []):
            try:
                listener(payload)
            except Exception as error:
                report(self._clock, error)

    def clear(self) -> None:
        self._listeners = {}
