"""What the calls of the chat have in common: the state, the events, and that whoever listens hears what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from widget.account.auth import Auth
from widget.chat.rooms import Rooms
from widget.core.events import Events, Listener
from widget.core.state import State
from widget.errors import ChatError, StoppedError
from widget.model import ChatState
from widget.ports import Platform

T = TypeVar("T")


class Calls:
    """Public calls raise ChatErrors whose messages are for people; the `error` event hears the same ones."""

    _platform: Platform
    _events: Events
    _state: State
    _auth: Auth
    _rooms: Rooms

    def get_state(self) -> ChatState:
        return self._state.now

    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]:
        """Call `callback` with every new state; the returned function stops it."""
        self.check()
        return self._state.subscribe(callback)

    def emit(self, event: str, payload: object) -> None:
        """What the screen has to tell the page."""
        self._events.emit(event, payload)

    def on(self, event: str, listener: Listener) -> Callable[[], None]:
        """Listen; the returned function stops it."""
        self.check()
        return self._events.on(event, listener)

    def failed(self, error: ChatError) -> None:
        self._events.emit("error", error)

    def check(self) -> None:
        """A chat that was closed does nothing any more."""
        if self._rooms.is_over:
            raise StoppedError("order.destroyed", "The chat was closed.")

    async def _telling(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `work` gives; the `error` event hears of what it raises. The chat may have been closed meanwhile."""
        self.check()
        try:
            return await work()
        except StoppedError:
            raise
        except ChatError as error:
            self.failed(error)
            raise
        finally:
            self.check()
