"""Named events: listeners come and go, and none can break another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from widget.ports import Clock

T = TypeVar("T")

Listener = Callable[[object], None]
EVENTS: tuple[str, ...] = (
    "auth:change",
    "auth:required",
    "auth:logout",
    "room:change",
    "message:received",
    "connection:change",
    "error",
)


class Events:
    """The listeners of one chat, called in the order they came."""

    def __init__(self, clock: Clock) -> None:
        self._clock: Clock = clock
        self._listeners: dict[str, list[Listener]] = {}

    def on(self, event: str, listener: Listener) -> Callable[[], None]:
        """Listen; the returned function stops it."""
        if event not in self._listeners:
            self._listeners[event] = []
        self._listeners[event].append(listener)
        return lambda: self.off(event, listener)

    def off(self, event: str, listener: Listener) -> None:
        kept = self._listeners.get(event)
        if kept is not None:
            self._listeners[event] = [other for other in kept if other != listener]

    def emit(self, event: str, payload: object) -> None:
        """Tell everyone who listens."""
        listeners = self._listeners.get(event)
        if listeners is None:
            return
        for listener in list(listeners):
            tell(self._clock, listener, payload)

    def clear(self) -> None:
        self._listeners = {}


def tell(clock: Clock, listener: Callable[[T], None], payload: T) -> None:
    """Call a listener. What it raises is the page's own error: it goes to the platform's error hook."""
    try:
        listener(payload)
    except Exception as error:
        clock.spawn(_raise(error))


async def _raise(error: Exception) -> None:
    raise error
