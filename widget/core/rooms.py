"""The room a person is in: entered and left."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.core.arrival import Arrival, Arrived
from widget.core.auth import Auth
from widget.core.config import ChatConfig
from widget.core.events import Events
from widget.core.room_session import RoomSession
from widget.core.sign_in_service import SignInService
from widget.core.signaling import Signaling
from widget.core.state import State
from widget.crypto.genesis import RoomAddress, parse_address
from widget.errors import ChatError, CwError, OrderError, RefusedError
from widget.model import RoomMetadata
from widget.ports import Platform


class Rooms:
    """At most one room at a time."""

    def __init__(
        self,
        config: ChatConfig,
        platform: Platform,
        auth: Auth,
        service: SignInService,
        arrival: Arrival,
        state: State,
        events: Events,
    ) -> None:
        self._config: ChatConfig = config
        self._platform: Platform = platform
        self._auth: Auth = auth
        self._service: SignInService = service
        self._arrival: Arrival = arrival
        self._state: State = state
        self._events: Events = events
        self._visit: int = 0
        self.session: RoomSession | None = None

    async def create(self, name: str, is_public: bool) -> RoomMetadata:
        """Found a room and enter it. The name of a private room never reaches the service."""
        return await self._enter(lambda signaling: self._arrival.found(signaling, name.strip(), is_public))

    async def join(self, text: str) -> RoomMetadata:
        """Enter the room that `text` names: its id as people write it, in hex, or an invite."""
        address = _address(text)
        return await self._enter(lambda signaling: self._arrival.find(signaling, address))

    async def leave(self) -> None:
        """Out of the room, if we are in one: the others hear it first, then the service."""
        if self.session is not None:
            await self.session.say_goodbye()
        self.drop()

    def drop(self) -> None:
        """Out at once, as when the page closes."""
        self._visit += 1
        if self.session is not None:
            self._close()
            self._state.left()
        self._state.status("disconnected", None)

    def here(self) -> RoomSession:
        """The stay in the current room."""
        if self.session is None or self._state.now.room is None:
            raise OrderError("order.room", "Not in a room. Call createRoom() or joinRoom() first.")
        return self.session

    def ended(self, error: ChatError) -> None:
        """What was said stays to be read."""
        self._visit += 1
        self._close()
        self._state.room(None)
        self._state.status("error", error.message)
        self._events.emit("error", error)

    async def _enter(self, arrive: Callable[[Signaling], Coroutine[Any, Any, Arrived]]) -> RoomMetadata:
        self._auth.who()
        await self.leave()
        self._visit += 1
        visit = self._visit
        self._state.status("connecting", None)
        signaling = self._arrival.signaling()
        try:
            arrived = await arrive(signaling)
            if visit == self._visit:
                self._begin(arrived, signaling)
            room = self._state.now.room
            if room is None or visit != self._visit:
                raise OrderError("order.left", "The room was left before it was entered.")
            return room
        except Exception as error:
            signaling.leave()
            if visit == self._visit:
                self._close()
                self._state.status("error", error.message if isinstance(error, ChatError) else None)
            raise

    def _begin(self, arrived: Arrived, signaling: Signaling) -> None:
        session = RoomSession(
            self._config,
            self._platform,
            self._service,
            self._arrival,
            arrived,
            signaling,
            self._state,
            self._events,
            self,
        )
        self.session = session
        signaling.begin(session)

    def _close(self) -> None:
        session = self.session
        self.session = None
        if session is not None:
            session.close()


def _address(text: str) -> RoomAddress:
    try:
        return parse_address(text)
    except CwError as error:
        raise RefusedError("room.address", "This is not the address of a room. Check it.") from error
