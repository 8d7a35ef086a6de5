"""The room a person is in: entered and left."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.account.auth import Auth
from widget.core.limits import HANDOVER_MS
from widget.core.state import State
from widget.core.times import iso_time
from widget.crypto.genesis import RoomAddress, parse_address
from widget.crypto.trust import Identity
from widget.errors import ChatError, CwError, OrderError, RefusedError, StoppedError
from widget.model import Participant, Role, RoomMetadata
from widget.ports import Deferred
from widget.room.arrival import PLACES, Arrival, Entered, Plan
from widget.room.comparison import Comparison
from widget.room.disk import Disk
from widget.room.drafts import Drafts
from widget.room.moderation import Moderation
from widget.room.shared import Shared
from widget.room.stay import RoomSession
from widget.room.talk import Talk
from widget.transport.refusals import refused
from widget.transport.signaling import LEFT, Signaling
from widget.transport.waiting import start
from widget.wire.names import clean_name

NO_ROOM: str = "Not in a room. Call createRoom() or joinRoom() first."


class Rooms:
    """At most one room at a time."""

    def __init__(self, shared: Shared, auth: Auth, arrival: Arrival) -> None:
        self._shared: Shared = shared
        self._state: State = shared.state
        self._auth: Auth = auth
        self._arrival: Arrival = arrival
        self._visit: int = 0
        self._turn: int = 0  # of the newest call that enters or leaves
        self.is_over: bool = False  # the chat was closed: nobody enters any more
        self._coming: Signaling | None = None
        self._disk: Disk = Disk(shared)
        self.drafts: Drafts = self._disk.drafts
        self._entry: Deferred | None = None  # the way into the room that I am in or on my way to
        self._talk: Talk | None = None  # also of the last one, if it ended by itself
        self.session: RoomSession | None = None

    async def create(
        self, name: str, is_public: bool, history: str, approval: bool, emotes: list[str], preview: bool
    ) -> RoomMetadata:
        """Found a room and enter it. The name of a private room never reaches the service."""
        self._auth.who()
        kept = clean_name(name)
        if name != "" and kept == "":
            raise refused("room.name", 0)
        turn = await self.leave()
        return await self._enter(
            turn, lambda signaling: self._found(signaling, kept, is_public, history, approval, emotes, preview)
        )

    async def join(self, text: str) -> RoomMetadata:
        """Enter the room that `text` names: its id as people write it, in hex, an invite, or a place (`Arrival.bound`).

        The one that I am in, or on my way to, is not left for it, unless by another invite; one that ended by itself
        goes on where it was.
        """
        turn = self._turn = self._turn + 1
        address = await self._arrival.bound(text) if text.startswith(PLACES) else address_of(text)
        self._check(turn)
        who = self._auth.who().identity
        if who.via == "guest" and len(address.psk) > 0:
            raise refused("guest.room", 0)
        talk = self._talk
        if talk is None or talk.sub != who.sub or not talk.plan.leads_to(address):
            turn = await self.leave()
        elif self._entry is not None:
            return await self._entered(self._entry)
        plan = None if self._talk is None else self._talk.plan
        return await self._enter(turn, lambda signaling: self._arrival.enter(signaling, address, plan, self._wait))

    async def come_back(self) -> None:
        """Into the room that this tab was in before the page was loaded anew: its talk is shown at once."""
        if self.is_over:
            return
        visit = self._visit
        who = self._auth.who().identity
        talk = await self._disk.open(who)
        if talk is not None and visit == self._visit:
            self._talk = talk
            clock = self._shared.clock
            role: Role = "host" if who.sub == talk.plan.genesis.host_sub else "member"
            now = iso_time(clock, clock.now_ms())
            me = Participant(who.sub, who.name, now, True, "direct", True, role, "in", "met", who.via)
            self._state.participants([me])
            talk.messages.begin([])
            talk.show(self._state, clock, 1)
            clock.spawn(self._return(talk.plan))

    async def _return(self, plan: Plan) -> None:
        try:
            await self._enter(
                self._turn, lambda signaling: self._arrival.enter(signaling, plan.address, plan, self._wait)
            )
        except StoppedError:
            return
        except ChatError as error:
            self._shared.events.emit("error", error)
            if isinstance(error, RefusedError):
                await self._disk.forget()

    def become(self, person: Identity) -> None:
        """A guest has signed in, on the same device: soon a fresh session of theirs takes over where they are."""
        if self._talk is not None:
            self._talk.become(person)
        if self.session is not None:
            self.session.hasten()

    async def leave(self) -> int:
        """Out of the room, if we are in one: the others hear it first, then the service. Who goes on has its turn."""
        turn = self._turn = self._turn + 1
        if self.session is not None:
            await self.session.leave()
        self.drop()
        await self._disk.forget()
        return turn

    async def wipe(self) -> None:
        """Nothing of any room stays on this device."""
        await self._disk.wipe()
        await self._shared.acquaintances.forget()

    def drop(self) -> None:
        """Out at once, as when the page closes."""
        self._visit += 1
        self._disk.stop()
        self._close()
        self._talk = None
        if self._state.now.room is not None:
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

    def here(self) -> Talk:
        """What is said in the current room."""
        if self._talk is None or self._state.now.room is None:
            raise OrderError("order.room", NO_ROOM)
        return self._talk

    def moderation(self) -> Moderation:
        """What I may decide where I am."""
        talk = self.here()
        if self.session is None:
            raise OrderError("order.room", NO_ROOM)
        return Moderation(talk, self.session, self._state.now.participants, self._arrival)

    def people(self) -> Comparison:
        """Whom I can compare numbers with."""
        self.here()
        if self.session is None:
            raise OrderError("order.room", NO_ROOM)
        return Comparison(self._shared, self.session)

    async def register(self, plan: Plan) -> None:
        """The service forgot the room, and with it whom it was to keep out."""
        await self._arrival.register(plan)
        self.moderation().remind()

    async def renew(self, plan: Plan) -> None:
        """A fresh session of mine enters beside the old one, takes over and lets that go. Others see one person."""
        old = self.session
        talk = self._talk
        if old is None or talk is None:
            return
        signaling = self._arrival.signaling()
        self._coming = signaling
        try:
            entered = await self._arrival.enter(signaling, plan.address, plan, self._wait)
        except ChatError as error:
            signaling.leave()
            if old.peers.is_closed:
                self.ended(old, error)
            else:
                talk.messages.outbox.is_held = False  # better as I was called than not at all
            return
        if old is not self.session:
            signaling.leave()
            return
        self.session = RoomSession(self._shared, self, entered, signaling, talk, old)
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
        if error.code == "session.revoked":
            self._shared.clock.spawn(self._auth.doubt())

    def _check(self, turn: int) -> None:
        """The last call wins, over what was still waiting to go in."""
        if self.is_over or turn != self._turn:
            raise StoppedError("order.left", LEFT)

    async def _enter(
        self, turn: int, going_in: Callable[[Signaling], Coroutine[Any, Any, Entered]]
    ) -> RoomMetadata:
        self._check(turn)
        self._visit += 1
        visit = self._visit
        self._state.status("connecting", None)
        signaling = self._arrival.signaling()
        self._coming = signaling
        self._entry = start(self._shared.clock, lambda: self._go_in(visit, signaling, going_in))
        if self._shared.config.relay != "always":
            self._shared.platform.rtc.warm()  # while the socket opens
        return await self._entered(self._entry)

    async def _entered(self, entry: Deferred) -> RoomMetadata:
        """The room, once we are in."""
        await entry.wait()
        room = self._state.now.room
        if room is None or entry is not self._entry:
            raise StoppedError("order.left", LEFT)
        return room

    async def _go_in(
        self, visit: int, signaling: Signaling, going_in: Callable[[Signaling], Coroutine[Any, Any, Entered]]
    ) -> None:
        try:
            entered = await going_in(signaling)
            await self._shared.acquaintances.load()
            if visit == self._visit:
                await self._begin(signaling, entered)
        except Exception as error:
            signaling.leave()
            if visit != self._visit:
                raise StoppedError("order.left", LEFT) from error
            self._close()
            if self._state.now.room is not None:
                self._state.room(None)
            self._state.status("error", error.message if isinstance(error, ChatError) else None)
            raise

    async def _found(
        self,
        signaling: Signaling,
        name: str,
        is_public: bool,
        history: str,
        approval: bool,
        emotes: list[str],
        preview: bool,
    ) -> Entered:
        plan = await self._arrival.found(name, is_public, history, approval, preview)
        plan.emotes = emotes
        return await self._arrival.enter(signaling, plan.address, plan, self._wait)

    async def _begin(self, signaling: Signaling, entered: Entered) -> None:
        talk = self._talk
        is_new = talk is None
        if talk is None:
            who = self._auth.who().identity
            talk = Talk(self._shared, entered.plan, who)
            self._talk = talk
        session = RoomSession(self._shared, self, entered, signaling, talk)
        self.session = session
        signaling.begin(session.heard)
        await session.ready.wait()
        if is_new and talk is self._talk:
            self._disk.keep(talk)

    def _wait(self, error: ChatError) -> None:
        """What coming in waits for. While an older session of mine is here, nobody needs to know."""
        if self.session is None or self.session.peers.is_closed:
            self._state.status("connecting", error.message)

    def _close(self) -> None:
        session = self.session
        self.session = None
        self._entry = None
        if self._coming is not None:
            self._coming.leave()
        if session is not None:
            session.close()


def address_of(text: str) -> RoomAddress:
    """Of a room's id or invite, as people write them."""
    try:
        return parse_address(text)
    except CwError as error:
        raise RefusedError("room.address", "This is not the address of a room. Check it.") from error
