"""One stay in one room under one session id: what the service and the peers tell becomes what people see."""

from __future__ import annotations

from typing import Protocol

from widget.core.limits import LOOK_MS, RENEW_AGAIN_MS, SESSION_RENEW_MS, SHOW_ROOM_MS, WAITING_MS
from widget.core.service_clock import ServiceClock
from widget.core.state import State
from widget.crypto.session import PeerSession
from widget.errors import ChatError, RefusedError
from widget.model import IceServer
from widget.ports import Deferred
from widget.room.acquaintances import Acquaintances
from widget.room.arrival import Entered, Plan
from widget.room.entry import Entry
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.room_emotes import ROOM_EMOTES, room_emotes, write_room_emotes
from widget.room.kinds.room_name import ROOM_NAME, room_name
from widget.room.kinds.vouch import VOUCH, vouchers
from widget.room.messages import Messages
from widget.room.participants import participants
from widget.room.peers import Peers
from widget.room.shared import Shared
from widget.room.shows import Shows
from widget.room.status import show_status
from widget.room.talk import Talk
from widget.transport.happened import Dropped
from widget.transport.limits import HANDSHAKE_MS
from widget.transport.refusals import refused
from widget.transport.room_events import Cut, Forgotten, RoomEvent
from widget.transport.signaling import Signaling
from widget.transport.signaling_socket import Relayed
from widget.wire.socket import Joined, PeerJoined, PeerLeft, Problem, Signal, Visit

NOT_LET_IN: str = "Nobody let you in. Try again later."


class StayOwner(Protocol):
    """The chat's rooms."""

    async def register(self, plan: Plan) -> None:
        """Tell the service once more about a room of mine."""
        ...

    def ended(self, session: RoomSession, error: ChatError) -> None:
        """The stay is over for good."""
        ...

    async def renew(self, plan: Plan) -> None:
        """My session ends within the hour: a fresh one is to take over."""
        ...


class RoomSession:
    """Acts on what the service tells (`heard`) and on what the peers tell."""

    def __init__(
        self,
        shared: Shared,
        owner: StayOwner,
        entered: Entered,
        signaling: Signaling,
        talk: Talk,
        before: RoomSession | None = None,
    ) -> None:
        """With `before` it is the fresh session that takes over from that one."""
        plan = talk.plan
        self._clock: ServiceClock = shared.clock
        self._owner: StayOwner = owner
        self._is_online: bool = True
        self._before: RoomSession | None = before
        self.plan: Plan = plan
        self.ready: Deferred = shared.clock.deferred()  # settled once we can be read, or it takes long
        self._state: State = shared.state
        self._talk: Talk = talk
        self._acquaintances: Acquaintances = shared.acquaintances
        self._is_in: bool = False
        self._told: list[str] = []
        self._renew_at_ms: int = entered.session.me.iat_ms + SESSION_RENEW_MS
        self._ice: list[IceServer] = shared.config.ice_servers
        self.me: PeerSession = entered.session.me
        self.signaling: Signaling = signaling
        self.peers: Peers = Peers(shared, self, entered, signaling, talk)
        self._shows: Shows = Shows(self._clock, shared.platform.crypto, entered.session, signaling, talk)
        self._is_ready: bool = before is not None and before._is_ready
        self._is_shown: bool = self._is_ready
        self.messages: Messages = talk.messages

    def hurry(self, is_online: bool) -> None:
        """The network changed or the page woke up."""
        self._is_online = is_online
        self._show_status()
        self.signaling.hurry()
        self.peers.look()
        if not is_online:
            self.peers.neighbours.doubt()

    def hasten(self) -> None:
        """A fresh session is to take over at the next look, not when this one is old."""
        self._renew_at_ms = 0

    def hide(self) -> None:
        """The page goes, perhaps for good. What is not delivered may be taken over."""
        self.peers.close()
        self.signaling.leave()

    async def leave(self) -> None:
        """A signed LEAVE to everybody first, so that nobody waits for us."""
        if len(self.peers.voice.readers()) > 0:
            await self._say(LEAVE, b"")
        self.close()

    def close(self) -> None:
        self.hide()
        self.messages.detach(self.peers.voice)
        self.ready.settle(None)
        if self._before is not None:
            self._before.close()

    # What the service tells.

    def heard(self, event: RoomEvent) -> None:
        peers = self.peers
        if peers.is_closed:
            return
        if isinstance(event, Joined):
            self._entered(event)
        elif isinstance(event, PeerJoined):
            peers.neighbours.add(event.member)
            self.people_changed()
        elif isinstance(event, PeerLeft):
            peers.unlist(event.sid)
            self.people_changed()
        elif isinstance(event, Signal):
            peers.neighbours.signalled(event)
        elif isinstance(event, Relayed):
            peers.neighbours.relayed(event.sid, event.packet)
        elif isinstance(event, Visit):
            self._clock.spawn(self._shows.show(event))
        elif isinstance(event, Problem):
            peers.neighbours.count_drop(Dropped(event.code))
        elif isinstance(event, Dropped):
            peers.neighbours.count_drop(event)
        elif isinstance(event, Cut):
            self.people_changed()
        elif isinstance(event, Forgotten):
            self._clock.spawn(self._register())
        elif isinstance(event, ChatError):
            self._owner.ended(self, event)

    async def _register(self) -> None:
        """A restarted service forgot the room: its host registers it again."""
        if self.me.is_host:
            try:
                await self._owner.register(self.plan)
            except ChatError:
                return

    # What the peers tell.

    def people_changed(self) -> None:
        """Somebody came, went or is reached another way."""
        if not self._is_in or self.peers.is_closed:
            return
        group = self.peers.group
        for peer in [self.me, *group.members()]:
            device = peer.jkt.hex()
            self._acquaintances.meet(peer.sub, device)
            for by in vouchers(self._talk.fold.view, peer):
                self._acquaintances.vouch(peer.sub, by, device)
        people = participants(
            self._clock, self.me, self.peers.present(), group.members(), group.unseen(), self._talk.book.now,
            self._acquaintances,
        )  # fmt: skip
        before = len(self._state.now.participants)
        self._state.participants(people)
        self._show_status()
        self.messages.comings.look(people)
        if before != len(people):
            self._show_room()

    def epoch_changed(self) -> None:
        """Others may read what I send from now on."""
        group = self.peers.group
        self.messages.comings.let_in(group.readers(), group.issuer)
        self.people_changed()
        self.messages.look()
        if len(self.peers.voice.readers()) > 0:
            self._show_ready()
        readers = self.peers.voice.readers()
        news = [sid for sid in readers if sid not in self._told]
        self._told = readers
        if len(news) > 0:
            self._clock.spawn(self._tell_newcomers())

    async def introduce(self) -> None:
        """Tell everybody which other devices here are mine."""
        me = self.me
        for peer in self.peers.group.members():
            if peer.sub == me.sub and peer.jkt != me.jkt and self._acquaintances.of([peer]) != "new":
                await self._say(VOUCH, peer.jkt)
        self.people_changed()

    async def _tell_newcomers(self) -> None:
        """What they cannot know, as they read nothing that was said before; of the room the host tells."""
        await self.introduce()
        plan = self.plan
        if not self.me.is_host:
            return
        if plan.genesis.private and plan.name != "":
            await self._say(ROOM_NAME, plan.name.encode("utf-8"))
        if len(plan.emotes) > 0:
            await self._say(ROOM_EMOTES, write_room_emotes(plan.emotes))

    def said(self, entries: list[Entry]) -> None:
        """These events count from now on, mine among them."""
        self.messages.heard(entries)
        if any(entry.event.kind == VOUCH for entry in entries):
            self.people_changed()
        name = room_name(self._talk.fold.view)
        if name != "" and name != self.plan.name:
            self.plan.name = name
            self._show_room()
        emotes = room_emotes(self._talk.fold.view)
        if len(emotes) > 0 and emotes != self.plan.emotes:
            self.plan.emotes = emotes
            self._show_room()

    def decided(self) -> None:
        """A host or a moderator decided something, perhaps about me."""
        rulings = self._talk.book.now
        if rulings.standing(self.me) == "removed":
            self._end(refused("room.removed", 0))
            return
        self.messages.comings.removed(list(rulings.removals))
        self.messages.heard([])  # some lines may be hidden now, or be there again
        self.people_changed()
        self.messages.outbox.flush()

    def forked(self, author: PeerSession) -> None:
        """It is proved that this session told two stories: what it said from there on is gone."""
        sentence = "{} said two different things as one. What followed is not shown."
        self.messages.tell("system", author.sub, author.name, sentence)

    async def _say(self, kind: int, body: bytes) -> None:
        """Something of mine that people do not read as a line."""
        try:
            await self.peers.voice.say(kind, [body])
        except ChatError as error:
            self.peers.neighbours.count_drop(Dropped(error.code))

    def _entered(self, joined: Joined) -> None:
        is_first = not self._is_in
        self._is_in = True
        self._clock.hear(joined.now_ms)
        self._talk.record = joined.room
        self.peers.seat.ice = [*self._ice, *joined.ice]
        if is_first:
            self.messages.begin([member.sub for member in joined.members])
            self._clock.after(SHOW_ROOM_MS, self._show)
        self.peers.listed(joined.members)
        if is_first:
            self._begin(len(joined.members) == 0)

    def _begin(self, is_alone: bool) -> None:
        """Newcomers wait a while for the others' keys before they make any."""
        clock = self._clock
        if self.peers.voice.is_waiting:
            clock.after(WAITING_MS, self._give_up)
        if is_alone:
            self.peers.epochs.release()
            self._show_ready()
        else:
            clock.after(HANDSHAKE_MS, self.peers.release)
            clock.after(HANDSHAKE_MS, self._show_ready)
        clock.after(LOOK_MS, self._look)
        self.messages.attach(self.peers.voice, self.me.sid)

    def _look(self) -> None:
        if not self.peers.is_closed:
            self.peers.look()
            self.messages.look()
            self.people_changed()
            self._clock.after(LOOK_MS, self._look)
            if self._clock.now_ms() >= self._renew_at_ms:
                self._renew_at_ms = self._clock.now_ms() + RENEW_AGAIN_MS
                self._clock.spawn(self._owner.renew(self.plan))

    def _give_up(self) -> None:
        """Nobody let me in."""
        if not self.peers.is_closed and self.peers.voice.is_waiting:
            self._end(RefusedError("room.waited", NOT_LET_IN))

    def _end(self, error: ChatError) -> None:
        self.ready.fail(error)
        self._owner.ended(self, error)

    def _show_ready(self) -> None:
        if self.peers.is_closed or self.peers.voice.is_waiting:
            self._show()
            return
        self._is_ready = True
        self._show()
        self.ready.settle(None)
        self._show_status()

    def _show(self) -> None:
        """Not while the first packets come and go: drawing the room takes longer than they do."""
        if not self._is_shown and not self.peers.is_closed:
            self._is_shown = True
            self._show_room()

    def _show_status(self) -> None:
        show_status(
            self._state, self.signaling.is_joined, self.peers.voice.is_waiting, self._is_ready, self._is_online
        )

    def _show_room(self) -> None:
        if self._is_shown:
            self._talk.show(self._state, self._clock, max(len(self._state.now.participants), 1))
