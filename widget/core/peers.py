"""Everybody in the room as I know them: a `Neighbour` for each, and the group whose keys we share."""

from __future__ import annotations

from typing import Protocol

from widget.core.arrival import Entered
from widget.core.epochs import Epochs
from widget.core.limits import SETTLE_MS, UNREACHED_MS
from widget.core.neighbour import Neighbour
from widget.core.outbox import Outbox
from widget.core.shared import Shared
from widget.core.warnings import Warnings
from widget.crypto.group import Group
from widget.crypto.opened import OpenedFrame
from widget.errors import CwError
from widget.ports import Clock, Digest
from widget.transport.happened import Arrived, Happened, Lost, Opened
from widget.transport.limits import HANDSHAKE_MS
from widget.transport.seat import Seat
from widget.transport.signaling import Signaling
from widget.wire.body import KIND_LEAVE, KIND_TEXT
from widget.wire.frame import TYPE_MESSAGE
from widget.wire.notes import CONFIRM, is_note, read_confirm
from widget.wire.packet import TAG_FRAME
from widget.wire.socket import MAX_MEMBERS, Member, Signal

REASONS_KEPT: int = 128


class PeersOwner(Protocol):
    """The stay in the room."""

    def people_changed(self) -> None:
        """Somebody came, went or is reached another way."""
        ...

    def epoch_changed(self) -> None:
        """Others may read what I send from now on."""
        ...

    def opened(self, opened: OpenedFrame) -> None:
        """An authenticated frame of another member, once."""
        ...


class Peers:
    """The only place where packets of peers become frames, and frames packets."""

    def __init__(
        self, shared: Shared, owner: PeersOwner, entered: Entered, signaling: Signaling, outbox: Outbox
    ) -> None:
        platform = shared.platform
        relay = shared.config.relay
        self._owner: PeersOwner = owner
        self._outbox: Outbox = outbox
        self._digest: Digest = platform.crypto.digest
        self._uses_relay: bool = relay != "never" and entered.plan.genesis.relay
        self._unreached_ms: int = -1
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
        self.group: Group = Group(platform.crypto, entered.session, entered.credentials, self.clock.now_ms())
        self.seat.say = self.group.state
        self.epochs: Epochs = Epochs(self.clock, self.group, self)
        self._warnings: Warnings = Warnings(shared, entered.credentials, self.group)
        self.is_closed: bool = False
        self.neighbours: dict[str, Neighbour] = {}
        self.drops: dict[str, int] = {}

    def listed(self, members: list[Member]) -> None:
        """The service's whole list, after we came or came back."""
        present = [member.sid for member in members]
        for neighbour in list(self.neighbours.values()):
            if neighbour.sid in present:
                neighbour.pair.start()
                self._path_changed(neighbour)
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
            self.count_drop("relay.unwanted")

    def look(self) -> None:
        for neighbour in list(self.neighbours.values()):
            neighbour.pair.direct.look()

    def cut(self) -> None:
        """The service is away, and what it had to pass on is lost."""
        for neighbour in self.neighbours.values():
            if neighbour.pair.best() is None:
                self._outbox.lost(neighbour.sid)
        self._owner.people_changed()

    async def broadcast(self, frame_type: int, kind: int, body: bytes) -> None:
        """A frame that nobody confirms."""
        readers = self.readers()
        msg_id = self._digest.random(16).hex()
        packet = await self.group.seal(frame_type, kind, msg_id, body, self.clock.now_ms())
        for sid in readers:
            self.send(sid, packet)

    def close(self) -> None:
        self.is_closed = True
        for neighbour in self.neighbours.values():
            neighbour.close()

    def count_drop(self, why: str) -> None:
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
        await self.epochs.admit(opened.peer)
        if neighbour.pair.is_closed:
            await self.epochs.drop(neighbour.sid)
            return
        if len(opened.said) > 0:
            await self.epochs.receive(neighbour.sid, opened.said)
        if not opened.is_direct:
            self._outbox.lost(neighbour.sid)  # what came before this handshake was not read
        self._release_if_settled()
        self.clock.after(SETTLE_MS, self.epochs.release)
        self._path_changed(neighbour)

    def _lost(self, neighbour: Neighbour, lost: Lost) -> None:
        if neighbour.pair.is_closed:
            return
        if lost.error is None:
            self._outbox.lost(neighbour.sid)
            self.seat.signaling.doubt()  # what took this path may have taken the service's too
        else:
            self.count_drop(lost.error.code)
            self._release_if_settled()
            self._outbox.flush()
            self._warnings.consider(neighbour, lost)
        if lost.is_direct and not neighbour.is_listed and neighbour.pair.direct.link is None:
            self._gone(neighbour, False)
        else:
            self._path_changed(neighbour)

    async def _take_frame(self, neighbour: Neighbour, packet: bytes) -> None:
        """The one entrance: authenticated, in the room's epoch, once. Everything else is dropped and counted."""
        if neighbour.receipts.knows(packet):
            return
        opened = await self.group.open(packet, neighbour.sid, self.clock.now_ms())
        if opened is not None:
            if opened.sid == neighbour.sid:
                neighbour.receipts.note(packet, opened.msg_id)
            self._deliver(opened)

    async def _take_blob(self, neighbour: Neighbour, blob: bytes) -> None:
        if not is_note(blob):
            await self.epochs.receive(neighbour.sid, blob)
        elif blob[0] == CONFIRM:
            try:
                self._outbox.confirmed(neighbour.sid, read_confirm(blob))
            except CwError as error:
                self.count_drop(error.code)

    def _path_changed(self, neighbour: Neighbour) -> None:
        """The best way to the member is another one now, or there is none."""
        if neighbour.pair.best() is not None:
            self._outbox.reachable(neighbour.sid)
        self._owner.people_changed()

    def _gone(self, neighbour: Neighbour, for_good: bool) -> None:
        """The service does not list the member any more and no path is left, or it said goodbye."""
        sid = neighbour.sid
        if self.neighbours.get(sid) is neighbour:
            del self.neighbours[sid]
        neighbour.close()
        self._outbox.gone(sid, for_good or neighbour.peer is None)
        # Also whom no link of ours ever verified: an epoch may name whom only others have met.
        self.clock.spawn(self.epochs.drop(sid))
        self._release_if_settled()
        self._owner.people_changed()

    def _reached(self, sid: str) -> Neighbour | None:
        """A peer's first packet may overtake the news of its arrival; who it is, it has to prove anyway."""
        neighbour = self.neighbours.get(sid)
        if neighbour is not None:
            return neighbour
        early = self.add(Member(sid, "", "", self.clock.now_ms()))
        if early is None:
            self.count_drop("peer.unknown")
            return None
        early.is_listed = False
        self.clock.after(HANDSHAKE_MS, lambda: self._forget(early))
        return early

    def _forget(self, neighbour: Neighbour) -> None:
        """The service never said who that was, and it proved nothing."""
        if not neighbour.is_listed and neighbour.peer is None and not neighbour.pair.is_closed:
            self._gone(neighbour, False)

    # What the group tells.

    async def send_blob(self, sid: str, blob: bytes) -> None:
        neighbour = self.neighbours.get(sid)
        if neighbour is not None:
            await neighbour.pair.send_blob(blob)

    def late(self, opened: OpenedFrame) -> None:
        """A frame that had to wait for its epoch."""
        neighbour = self.neighbours.get(opened.sid)
        if neighbour is not None:
            neighbour.receipts.confirm(opened.msg_id)
        self._deliver(opened)

    def epoch_changed(self) -> None:
        self._outbox.renew()
        self._owner.epoch_changed()

    # What the outbox asks.

    def is_ready(self) -> bool:
        """There is an epoch, and everybody here can read it; a member whom it does not reach is waited for briefly.

        An epoch of my own is none to speak in while others are listed whom I am still trying to reach.
        """
        if not self.group.ready():
            return False
        others = list(self.neighbours.values())
        if len(self.readers()) == 0 and any(other.is_listed and not other.pair.is_settled for other in others):
            return False
        if len(self.group.unreached()) == 0:
            self._unreached_ms = -1
            return True
        now_ms = self.clock.steady_ms()
        if self._unreached_ms < 0:
            self._unreached_ms = now_ms
            self.clock.after(UNREACHED_MS, self._outbox.flush)
        return now_ms - self._unreached_ms >= UNREACHED_MS

    def is_alone(self) -> bool:
        return len(self.neighbours) == 0

    def readers(self) -> list[str]:
        """The sids that can read what is sealed now, without me."""
        return [sid for sid in self.group.roster if sid != self.seat.sid]

    def is_here(self, sid: str) -> bool:
        """Verified, and not gone as far as we know."""
        neighbour = self.neighbours.get(sid)
        return neighbour is not None and neighbour.peer is not None

    def kid(self) -> str:
        return self.group.kid

    async def seal_text(self, msg_id: str, body: bytes) -> bytes:
        return await self.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, self.clock.now_ms())

    def send(self, sid: str, packet: bytes) -> bool:
        """False when there is no way to `sid` now."""
        neighbour = self.neighbours.get(sid)
        return neighbour is not None and neighbour.pair.send(packet)

    def speaks(self, sid: str, since_ms: int) -> bool:
        neighbour = self.neighbours.get(sid)
        if neighbour is None or neighbour.pair.heard_ms() > since_ms:
            return True
        self.seat.signaling.doubt()
        neighbour.pair.direct.doubt()
        return False

    def is_host(self, sid: str) -> bool:
        member = self.group.member(sid)
        return member is not None and member.is_host

    def _deliver(self, opened: OpenedFrame) -> None:
        if opened.is_repeat:
            return
        if opened.kind != KIND_LEAVE:
            self._owner.opened(opened)
            return
        neighbour = self.neighbours.get(opened.sid)
        if neighbour is not None:
            self._gone(neighbour, True)

    def _release_if_settled(self) -> None:
        if all(neighbour.pair.is_settled for neighbour in self.neighbours.values()):
            self.epochs.release()
