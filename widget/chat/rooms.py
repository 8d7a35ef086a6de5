"""The room a person is in: entered and left."""

from __future__ import annotations

from widget.account.auth import Auth
from widget.core.limits import HANDOVER_MS
from widget.core.state import State
from widget.crypto.genesis import RoomAddress, parse_address
from widget.errors import ChatError, CwError, OrderError, RefusedError
from widget.model import RoomMetadata
from widget.room.arrival import Arrival, Plan
from widget.room.shared import Shared
from widget.room.stay import RoomSession
from widget.transport.signaling import Signaling


class Rooms:
    """At most one room at a time."""

    def __init__(self, shared: Shared, auth: Auth, arrival: Arrival) -> None:
        self._shared: Shared = shared
        self._state: State = shared.state
        self._auth: Auth = auth
        self._arrival: Arrival = arrival
        self._visit: int = 0
        self._coming: Signaling | None = None
        self.session: RoomSession | None = None

    async def create(self, name: str, is_public: bool, history: str) -> RoomMetadata:
        """Found a room and enter it. The name of a private room never reaches the service."""
        return await self._enter(None, name.strip(), is_public, history)

    async def join(self, text: str) -> RoomMetadata:
        """Enter the room that `text` names: its id as people write it, in hex, or an invite."""
        return await self._enter(_address(text), "", True, "none")

    async def leave(self) -> None:
        """Out of the room, if we are in one: the others hear it first, then the service."""
        if self.session is not None:
            await self.session.leave()
        self.drop()

    def drop(self) -> None:
        """Out at once, as when the page closes."""
        self._visit += 1
        was_here = self.session is not None
        self._close()
        if was_here:
            self._state.left()
        self._state.status("disconnected", None)

    def hurry(self, is_online: bool) -> None:
        """The network changed or the page woke up. One that was hidden comes back as a fresh session."""
        session = self.session
        if session is None:
            if self._coming is not None:
                self._coming.hurry()
        elif session.peers.is_closed:
            self._shared.clock.spawn(self.renew(session.plan))
        else:
            session.hurry(is_online)

    def hide(self) -> None:
        """The page goes, perhaps for good: the others learn it at once. What was not delivered waits for `hurry`."""
        if self.session is not None:
            self.session.hide()

    def here(self) -> RoomSession:
        """The stay in the current room."""
        if self.session is None or self._state.now.room is None:
            raise OrderError("order.room", "Not in a room. Call createRoom() or joinRoom() first.")
        return self.session

    async def register(self, plan: Plan) -> None:
        await self._arrival.register(plan)

    async def renew(self, plan: Plan) -> None:
        """A fresh session of mine enters beside the old one, takes over and lets that go. Others see one person."""
        old = self.session
        if old is None:
            return
        signaling = self._arrival.signaling()
        try:
            entered = await self._arrival.enter(signaling, plan.address, plan, self._wait)
        except ChatError as error:
            signaling.leave()
            if old.peers.is_closed:
                self.ended(old, error)
            return
        if old is not self.session:
            signaling.leave()
            return
        self.session = RoomSession(self._shared, self, entered, signaling, old)
        signaling.begin(self.session.heard)
        clock = self._shared.clock
        clock.after(HANDOVER_MS, lambda: clock.spawn(old.leave()))

    def ended(self, session: RoomSession, error: ChatError) -> None:
        """What was said stays to be read."""
        if session is not self.session:
            return
        self._visit += 1
        self._close()
        self._state.room(None)
        self._state.status("error", error.message)
        self._shared.events.emit("error", error)

    async def _enter(self, address: RoomAddress | None, name: str, is_public: bool, history: str) -> RoomMetadata:
        """The room at `address`, or a new one."""
        self._auth.who()
        await self.leave()
        self._visit += 1
        visit = self._visit
        self._state.status("connecting", None)
        signaling = self._arrival.signaling()
        self._coming = signaling
        try:
            plan: Plan | None = None
            if address is None:
                plan = await self._arrival.found(name, is_public, history)
                address = plan.address
            entered = await self._arrival.enter(signaling, address, plan, self._wait)
            if visit == self._visit:
                self.session = RoomSession(self._shared, self, entered, signaling)
                signaling.begin(self.session.heard)
                await self.session.ready.wait()
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

    def _wait(self, error: ChatError) -> None:
        """What coming in waits for. While an older session of mine is here, nobody needs to know."""
        if self.session is None or self.session.peers.is_closed:
            self._state.status("connecting", error.message)

    def _close(self) -> None:
        session = self.session
        self.session = None
        if self._coming is not None:
            self._coming.leave()
        if session is not None:
            session.close()


def _address(text: str) -> RoomAddress:
    try:
        return parse_address(text)
    except CwError as error:
        raise RefusedError("room.address", "This is not the address of a room. Check it.") from error
