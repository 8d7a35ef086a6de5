"""Everybody in the room as I know them: a `Neighbour` for each, and the group whose keys we share."""

from __future__ import annotations

from widget.core.limits import SETTLE_MS
from widget.crypto.group import Group
from widget.crypto.reasons import TOKEN_KEY
from widget.crypto.session import PeerSession
from widget.errors import CwError
from widget.ports import Clock
from widget.room.arrival import Entered
from widget.room.book import Book
from widget.room.entry import Entry
from widget.room.epochs import Epochs
from widget.room.invite_renewal import InviteRenewal
from widget.room.messages import Messages
from widget.room.neighbour import Neighbour
from widget.room.peers_owner import PeersOwner
from widget.room.replica import Replica
from widget.room.shared import Shared
from widget.room.talk import Talk
from widget.room.trust_watch import TrustWatch
from widget.room.voice import Voice
from widget.room.warnings import Warnings
from widget.transport.happened import Arrived, Dropped, Happened, Lost, Opened
from widget.transport.limits import HANDSHAKE_MS
from widget.transport.seat import Seat
from widget.transport.signaling import Signaling
from widget.wire.notes import BOOK, is_note, read_note
from widget.wire.packet import TAG_FRAME
from widget.wire.socket import MAX_MEMBERS, Member, Signal

REASONS_KEPT: int = 128


class Peers:
    """The only place where packets of peers become frames, and frames packets."""

    def __init__(
        self,
        shared: Shared,
        owner: PeersOwner,
        entered: Entered,
        signaling: Signaling,
        talk: Talk,
    ) -> None:
        platform = shared.platform
        relay = shared.config.relay
        self._owner: PeersOwner = owner
        self._messages: Messages = talk.messages
        self._uses_relay: bool = relay != "never" and entered.plan.genesis.relay
        self.clock: Clock = platform.clock
        self.seat: Seat = Seat(
            platform,
            entered.session,
            entered.credentials,
            signaling,
            entered.seal,
            self._uses_relay,
            relay != "always",
            relay == "turn",
        )
        self.book: Book = talk.book
        self.group: Group = Group(
            platform.crypto, entered.session, entered.credentials, self.book, self.clock.now_ms()
        )
        for author in talk.authors().values():
            self.group.know(author)
        self.seat.say = self.group.state
        self.replica: Replica = Replica(
            self.clock, platform.crypto, entered.session, self.group, self, talk.log, talk.readers, talk.fold,
            self.book,
        )  # fmt: skip
        self.epochs: Epochs = Epochs(self.clock, self.group, self)
        self._warnings: Warnings = Warnings(shared, self.group)
        self._trust: TrustWatch = TrustWatch(shared, entered.credentials, self.group)
        self.is_closed: bool = False
        self.neighbours: dict[str, Neighbour] = {}
        self.drops: dict[str, int] = {}
        self.invites: InviteRenewal = InviteRenewal(
            self.clock, platform.crypto, entered.session, talk, self.group, self.replica
        )
        self.voice: Voice = Voice(
            self.clock, entered.session.me, self.group, self.book, self.replica, self.neighbours,
            talk.messages.outbox.flush,
        )  # fmt: skip

    def listed(self, members: list[Member]) -> None:
        """The service's whole list, after we came or came back."""
        present = [member.sid for member in members]
        for neighbour in list(self.neighbours.values()):
            if neighbour.sid in present:
                neighbour.pair.start()
                self._path_lost(neighbour)
            else:
                self.unlist(neighbour.sid)
        for member in members:
            self.add(member)
        self._owner.people_changed()

    def add(self, member: Member) -> Neighbour | None:
        """Whom the service lists, new or not; None when there are too many."""
        neighbour = self.neighbours.get(member.sid)
        if neighbour is not None:
            neighbour.member = member
            neighbour.is_listed = True
            return neighbour
        if len(self.neighbours) >= MAX_MEMBERS or member.sid == self.seat.sid:
            return None
        neighbour = Neighbour(self.seat, member, self._act, self.count_drop)
        self.neighbours[member.sid] = neighbour
        neighbour.pair.start()
        return neighbour

    def unlist(self, sid: str) -> None:
        """The service says that `sid` left. A direct channel that still speaks knows better."""
        neighbour = self.neighbours.get(sid)
        if neighbour is None:
            return
        neighbour.is_listed = False
        best = neighbour.pair.best()
        if best is None or not best.is_direct:
            self._gone(neighbour, False)

    def present(self) -> list[Neighbour]:
        """Those whose session is not over, whatever they and the service say."""
        return [one for one in self.neighbours.values() if not self.group.is_expelled(one.sid)]

    def signalled(self, signal: Signal) -> None:
        """An offer, answer or candidate."""
        neighbour = self._reached(signal.sid)
        if neighbour is not None:
            neighbour.pair.direct.signalled(signal.kind, signal.data)

    def relayed(self, sid: str, packet: bytes) -> None:
        """A packet that came through the service."""
        neighbour = self._reached(sid)
        if neighbour is None:
            return
        if self._uses_relay:
            neighbour.pair.relay.receive(packet)
        else:
            self.count_drop(Dropped("relay.unwanted"))

    def look(self) -> None:
        self.clock.spawn(self.invites.use())
        if self._trust.is_due():
            self.clock.spawn(self._renew_trust(None))
        for neighbour in list(self.neighbours.values()):
            neighbour.pair.direct.look()
            if neighbour.is_silent():
                self.seat.signaling.doubt()
                neighbour.pair.direct.doubt()

    def doubt(self) -> None:
        """The network is away, says the page: no direct way is believed until it speaks again."""
        for neighbour in self.neighbours.values():
            neighbour.pair.direct.doubt()

    def close(self) -> None:
        self.is_closed = True
        self.voice.is_closed = True
        self.replica.close()
        for neighbour in self.neighbours.values():
            neighbour.close()

    def count_drop(self, dropped: Dropped) -> None:
        why = dropped.reason
        if why in self.drops or len(self.drops) < REASONS_KEPT:
            self.drops[why] = self.drops.get(why, 0) + 1

    async def _act(self, neighbour: Neighbour, happened: Happened) -> None:
        """What happens on the paths to a member, acted on here and nowhere else."""
        if isinstance(happened, Opened):
            await self._opened(neighbour, happened)
        elif isinstance(happened, Lost):
            self._lost(neighbour, happened)
        elif isinstance(happened, Arrived):
            if happened.tag == TAG_FRAME:
                await self._take_frame(neighbour, happened.data)
            else:
                await self._take_blob(neighbour, happened.data)

    async def _opened(self, neighbour: Neighbour, opened: Opened) -> None:
        if self.book.now.standing(opened.peer) == "removed" or self.group.is_expelled(neighbour.sid):
            self._shut(neighbour, opened.peer)
            return
        await self.epochs.admit(opened.peer)
        if neighbour.pair.is_closed:
            await self.epochs.drop(neighbour.sid)
            return
        if len(opened.said) > 0:
            await self.epochs.receive(neighbour.sid, opened.said)
        self._release_if_settled()
        self.clock.after(SETTLE_MS, self.epochs.release)
        if neighbour.pair.ways() == 1:
            self.replica.sync.met(neighbour.sid)
        self._path_changed()

    def _lost(self, neighbour: Neighbour, lost: Lost) -> None:
        if neighbour.pair.is_closed:
            return
        if lost.error is None:
            self.seat.signaling.doubt()  # what took this path may have taken the service's too
        else:
            self.count_drop(Dropped(lost.error.code))
            self._release_if_settled()
            self._messages.outbox.flush()
            self._warnings.consider(lost)
            if isinstance(lost.error, CwError) and lost.error.reason == TOKEN_KEY and self._trust.doubts():
                self.clock.spawn(self._renew_trust(neighbour))
        is_last = lost.error is None or neighbour.pair.best() is None  # what could not be made ends no other path
        if lost.is_direct and not neighbour.is_listed and neighbour.pair.direct.link is None and is_last:
            self._gone(neighbour, False)
        else:
            self._path_lost(neighbour)

    async def _take_frame(self, neighbour: Neighbour, packet: bytes) -> None:
        """The one entrance: in the room's epoch, from who brings it. Everything else is dropped and counted."""
        opened = await self.group.open(packet, neighbour.sid, self.clock.now_ms())
        if opened is not None:
            await self.replica.take(opened)

    async def _take_blob(self, neighbour: Neighbour, blob: bytes) -> None:
        if not is_note(blob):
            await self.epochs.receive(neighbour.sid, blob)
        elif neighbour.sid in self.group.roster or (blob[0] == BOOK and self.group.awaits_book(neighbour.sid)):
            try:
                await self.replica.note(neighbour.sid, read_note(blob))
            except CwError as error:
                self.count_drop(Dropped(error.code))
        else:
            self.count_drop(Dropped("note.stranger"))

    def _path_lost(self, neighbour: Neighbour) -> None:
        """What was on its way to the member may be lost."""
        if neighbour.pair.best() is not None:
            self.replica.sync.met(neighbour.sid)
        self._path_changed()

    def _path_changed(self) -> None:
        self._messages.outbox.flush()
        self._owner.people_changed()

    def _gone(self, neighbour: Neighbour, for_good: bool) -> None:
        """The service does not list the member any more and no path is left, or it said goodbye."""
        self._close(neighbour)
        self._drop(neighbour.sid, for_good)

    def _close(self, neighbour: Neighbour) -> None:
        """Its session may be here nevertheless, reached through others."""
        if self.neighbours.get(neighbour.sid) is neighbour:
            del self.neighbours[neighbour.sid]
        neighbour.close()

    def _end(self, peer: PeerSession) -> None:
        """The session is over for good: it said goodbye, lied, or its credential does not hold any more."""
        self.replica.readers.left(peer)
        if peer.sid in self.neighbours:
            self._gone(self.neighbours[peer.sid], True)
        else:
            self._drop(peer.sid, True)

    def _drop(self, sid: str, for_good: bool) -> None:
        """Also whom no link of ours ever verified: an epoch may name whom only others have met."""
        self.group.gone(sid, self.clock.now_ms(), for_good)
        self.clock.spawn(self.epochs.drop(sid))
        self._release_if_settled()
        self._owner.people_changed()

    def _shut(self, neighbour: Neighbour, peer: PeerSession) -> None:
        """Who was removed is not spoken with, whoever lists them."""
        self.replica.readers.left(peer)
        neighbour.close()
        self._path_changed()

    async def _renew_trust(self, stranger: Neighbour | None) -> None:
        """The published keys may be others by now; `stranger` is one whose key I do not know."""
        out = await self._trust.renew()
        if out is None:
            return
        for peer in out:
            self._end(peer)
        if stranger is not None:
            stranger.pair.start()
        for peer in await self._trust.hear_ended():
            self._end(peer)

    def _reached(self, sid: str) -> Neighbour | None:
        """A peer's first packet may overtake the news of its arrival; who it is, it has to prove anyway."""
        neighbour = self.neighbours.get(sid)
        if neighbour is not None:
            return neighbour
        early = self.add(Member(sid, "", "", self.clock.now_ms()))
        if early is None:
            self.count_drop(Dropped("peer.unknown"))
            return None
        early.is_listed = False
        self.clock.after(HANDSHAKE_MS, lambda: self._forget(early))
        return early

    def _forget(self, neighbour: Neighbour) -> None:
        """The service never said who that was, and it proved nothing."""
        if not neighbour.is_listed and neighbour.peer is None and not neighbour.pair.is_closed:
            self._close(neighbour)
            self._release_if_settled()
            self._owner.people_changed()

    # What the group tells.

    async def send_blob(self, sid: str, blob: bytes) -> None:
        neighbour = self.neighbours.get(sid)
        if neighbour is not None:
            await neighbour.pair.send_blob(blob)

    def epoch_changed(self) -> None:
        group = self.group
        self.replica.adopted(group.kid, group.readers())
        if group.has_missed():
            for sid in self.reached():
                self.replica.sync.met(sid)  # what came too early to be read is fetched
        self.invites.look()
        self._owner.epoch_changed()

    async def decided(self) -> None:
        """More is decided than before: who was removed goes, who was let in comes."""
        self.replica.fold.refold()
        self.replica.readers.removed(self.book.put_out)
        self.book.put_out = []
        await self.invites.use()
        await self.epochs.decided()
        here = [peer.sid for peer in self.group.members()]
        for neighbour in list(self.neighbours.values()):
            peer = neighbour.peer
            if peer is None or neighbour.pair.is_closed:
                continue
            if self.book.now.standing(peer) == "removed":
                self._shut(neighbour, peer)
            elif peer.sid not in here:
                await self.epochs.admit(peer)
        self._owner.decided()

    # What my copy of the log asks and tells.

    def reached(self) -> list[str]:
        return [sid for sid in self.voice.readers() if self._best(sid)]

    def send_note(self, sid: str, blob: bytes) -> None:
        self.clock.spawn(self.send_blob(sid, blob))

    def send(self, sid: str, packet: bytes) -> bool:
        """False when there is no way to `sid` now."""
        neighbour = self.neighbours.get(sid)
        return neighbour is not None and neighbour.send(packet)

    def ask_who(self, via_sid: str, sid: str) -> None:
        self.send_note(via_sid, self.group.ask_who(sid))

    def said(self, entries: list[Entry]) -> None:
        self._owner.said(entries)

    def left(self, author: PeerSession) -> None:
        self._end(author)

    def held(self) -> None:
        self._messages.look()

    def forked(self, author: PeerSession) -> None:
        self._owner.forked(author)
        self.left(author)

    def _best(self, sid: str) -> bool:
        neighbour = self.neighbours.get(sid)
        return neighbour is not None and neighbour.pair.best() is not None

    def _release_if_settled(self) -> None:
        if all(neighbour.pair.is_settled for neighbour in self.neighbours.values()):
            self.epochs.release()
