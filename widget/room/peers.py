"""What comes and goes between me and everybody in the room, and the group whose keys we share."""

from __future__ import annotations

from widget.core.limits import SETTLE_MS
from widget.crypto.group import Group
from widget.crypto.reasons import TOKEN_KEY
from widget.crypto.session import PeerSession, Session
from widget.errors import CwError
from widget.ports import Clock
from widget.room.arrival import Entered
from widget.room.book import Book
from widget.room.ends import Ends
from widget.room.entry import Entry
from widget.room.epochs import Epochs
from widget.room.invite_renewal import InviteRenewal
from widget.room.limits import UNREAD_MS
from widget.room.messages import Messages
from widget.room.neighbour import Neighbour
from widget.room.neighbours import Neighbours
from widget.room.peers_owner import PeersOwner
from widget.room.replica import Replica
from widget.room.shared import Shared
from widget.room.talk import Talk
from widget.room.trust_watch import TrustWatch
from widget.room.voice import Voice
from widget.room.warnings import Warnings
from widget.transport.happened import Arrived, Dropped, Happened, Lost, Opened
from widget.transport.refusals import refused
from widget.transport.seat import Seat
from widget.transport.signaling import Signaling
from widget.wire.notes import BOOK, is_note, read_note
from widget.wire.packet import TAG_FRAME
from widget.wire.socket import Member


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
        self._session: Session = entered.session
        self._messages: Messages = talk.messages
        uses_relay = relay != "never" and entered.plan.genesis.relay
        self.clock: Clock = platform.clock
        self.seat: Seat = Seat(
            platform,
            entered.session,
            entered.credentials,
            signaling,
            entered.seal,
            uses_relay,
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
        self._warnings: Warnings = Warnings(shared)
        self.is_closed: bool = False
        self.neighbours: Neighbours = Neighbours(self.seat, uses_relay, self._act, self._left)
        self.ends: Ends = Ends(
            self.clock, self.neighbours, self.group, self.epochs, self.replica.readers,
            TrustWatch(shared, entered.credentials, self.group), self._left,
        )  # fmt: skip
        self.invites: InviteRenewal = InviteRenewal(
            self.clock, platform.crypto, entered.session, talk, self.group, self.replica
        )
        self.voice: Voice = Voice(
            self.clock, entered.session.me, self.group, self.book, self.replica, self.neighbours.known,
            talk.messages.outbox.flush,
        )  # fmt: skip

    def listed(self, members: list[Member]) -> None:
        """The service's whole list, after we came or came back."""
        present = [member.sid for member in members]
        for neighbour in list(self.neighbours.known.values()):
            if neighbour.sid in present:
                neighbour.pair.start()
                self._path_lost(neighbour)
            else:
                self.unlist(neighbour.sid)
        for member in members:
            self.neighbours.add(member)
        self._owner.people_changed()

    def unlist(self, sid: str) -> None:
        """The service says that `sid` left. A direct channel that still speaks knows better."""
        neighbour = self.neighbours.known.get(sid)
        if neighbour is None:
            return
        neighbour.is_listed = False
        best = neighbour.pair.best()
        if best is None or not best.is_direct:
            self.ends.went(neighbour)

    def present(self) -> list[Neighbour]:
        """Those whose session is not over, whatever they and the service say."""
        return [one for one in self.neighbours.known.values() if not self.group.is_expelled(one.sid)]

    def release(self) -> None:
        """The first handshakes are over. Who never was in goes again if all who are here have another invite.

        A host, and who was in, may stay: a stranger without any invite could be alone here, and show another.
        """
        mine = self._session
        is_known = len(self.replica.readers.entered) > 0 or len(self.group.members()) > 1 or mine.me.is_host
        if is_known or not mine.invites.is_wrong:
            self.epochs.release()
        else:
            self._owner.ready.fail(refused("invite.wrong", 0))

    def look(self) -> None:
        self.clock.spawn(self.invites.use())
        self.ends.look()
        self.neighbours.look()
        self.replica.look()

    def close(self) -> None:
        self.is_closed = True
        self.voice.is_closed = True
        self.replica.close()
        self.neighbours.close()

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
        await self.epochs.admit(opened.peer, opened.told)
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
            self.neighbours.count_drop(Dropped(lost.error.code))
            self._release_if_settled()
            self._messages.outbox.flush()
            self._warnings.consider(lost)
            if isinstance(lost.error, CwError) and lost.error.reason == TOKEN_KEY:
                self.ends.doubt(neighbour)
        is_last = lost.error is None or neighbour.pair.best() is None  # what could not be made ends no other path
        if lost.is_direct and not neighbour.is_listed and neighbour.pair.direct.link is None and is_last:
            self.ends.went(neighbour)
        else:
            self._path_lost(neighbour)

    async def _take_frame(self, neighbour: Neighbour, packet: bytes) -> None:
        """The one entrance: in the room's epoch, from who brings it. Everything else is dropped and counted."""
        opened = await self.group.open(packet, neighbour.sid, self.clock.now_ms())
        if opened is not None:
            await self.replica.take(opened)
        else:
            self.clock.after(UNREAD_MS, lambda: self.replica.fetches.unread(neighbour.sid))

    async def _take_blob(self, neighbour: Neighbour, blob: bytes) -> None:
        if not is_note(blob):
            await self.epochs.receive(neighbour.sid, blob)
        elif neighbour.sid in self.group.roster or (blob[0] == BOOK and self.group.awaits_book(neighbour.sid)):
            try:
                await self.replica.note(neighbour.sid, read_note(blob))
            except CwError as error:
                self.neighbours.count_drop(Dropped(error.code))
        else:
            self.neighbours.count_drop(Dropped("note.stranger"))

    def _path_lost(self, neighbour: Neighbour) -> None:
        """What was on its way to the member may be lost."""
        if neighbour.pair.best() is not None:
            self.replica.sync.met(neighbour.sid)
        self._path_changed()

    def _path_changed(self) -> None:
        self._messages.outbox.flush()
        self._owner.people_changed()

    def _shut(self, neighbour: Neighbour, peer: PeerSession) -> None:
        self.ends.shut(neighbour, peer)
        self._path_changed()

    # What the group tells.

    async def send_blob(self, sid: str, blob: bytes) -> None:
        await self.neighbours.send_blob(sid, blob)

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
        for neighbour in list(self.neighbours.known.values()):
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
        return [sid for sid in self.voice.readers() if self.neighbours.has_way(sid)]

    def send_note(self, sid: str, blob: bytes) -> None:
        self.clock.spawn(self.send_blob(sid, blob))

    def send(self, sid: str, packet: bytes) -> bool:
        """False when there is no way to `sid` now."""
        return self.neighbours.send(sid, packet)

    def ask_who(self, via_sid: str, sid: str) -> None:
        self.send_note(via_sid, self.group.ask_who(sid))

    def said(self, entries: list[Entry]) -> None:
        self._owner.said(entries)

    def left(self, author: PeerSession) -> None:
        self.ends.for_good(author)

    def held(self) -> None:
        self._messages.look()

    def forked(self, author: PeerSession) -> None:
        self._owner.forked(author)
        self.left(author)

    def _release_if_settled(self) -> None:
        if self.neighbours.are_settled():
            self.release()

    def _left(self) -> None:
        self._release_if_settled()
        self._owner.people_changed()
