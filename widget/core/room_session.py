"""One stay in one room under one session id: the service, the peers and the group, joined together."""

from __future__ import annotations

from typing import Protocol

from widget.core.epochs import Epochs
from widget.core.keys import PublishedKeys
from widget.core.limits import HANDSHAKE_MS, LOOK_MS, SETTLE_MS, TRUST_AGAIN_MS, UNREACHED_MS
from widget.core.outbox import Outbox
from widget.core.pair import Pair
from widget.core.peers import Peers
from widget.core.receipts import ReceiptBook
from widget.core.signaling import Signaling
from widget.core.signals import Signals
from widget.core.warnings import Warnings
from widget.crypto.credentials import Credentials
from widget.crypto.frames import Opened
from widget.crypto.group import Group
from widget.crypto.handshake import Handshake
from widget.crypto.reasons import TOKEN_KEY
from widget.crypto.sdp_seal import SdpSeal
from widget.crypto.session import PeerSession, Session
from widget.errors import ChatError, CwError
from widget.ports import Platform
from widget.wire.body import KIND_LEAVE, KIND_TEXT
from widget.wire.frame import TYPE_CONTROL, TYPE_MESSAGE
from widget.wire.notes import CONFIRM, DIRECT, is_note, read_confirm
from widget.wire.socket import Joined, Member, Problem, Signal

REASONS_KEPT: int = 128


class RoomOwner(Protocol):
    """The chat that is in the room."""

    def room_entered(self, joined: Joined, again: bool) -> None: ...
    def room_opened(self, opened: Opened) -> None:
        """An authenticated frame of another member."""
        ...

    def room_people(self) -> None:
        """Somebody came, went or is reached another way."""
        ...

    def room_epoch(self) -> None:
        """Others may read what I send from now on."""
        ...

    def room_cut(self) -> None: ...
    def room_ended(self, error: ChatError) -> None: ...
    def room_failed(self, error: ChatError) -> None: ...
    async def room_lost(self) -> None: ...


class RoomSession:
    """The only place where packets of peers become frames, and frames packets."""

    def __init__(
        self,
        platform: Platform,
        signaling: Signaling,
        seal: SdpSeal | None,
        keys: PublishedKeys,
        session: Session,
        credentials: Credentials,
        uses_relay: bool,
        uses_direct: bool,
        outbox: Outbox,
        owner: RoomOwner,
    ) -> None:
        clock = platform.clock
        self._platform: Platform = platform
        self._keys: PublishedKeys = keys
        self._session: Session = session
        self._credentials: Credentials = credentials
        self._outbox: Outbox = outbox
        self._owner: RoomOwner = owner
        self._group: Group = Group(platform.crypto, session, credentials, clock.now_ms())
        self._epochs: Epochs = Epochs(clock, self._group, self)
        self._peers: Peers = Peers(platform, session.sid, uses_relay, uses_direct, self)
        self._signals: Signals = Signals(clock, seal, signaling.signal, self._peers.signalled, self.count_drop)
        self._receipts: ReceiptBook = ReceiptBook(clock, self.send_blob)
        self._signaling: Signaling = signaling
        self._is_closed: bool = False
        self._unreached_ms: int = -1
        self._warnings: Warnings = Warnings(owner.room_failed)
        self._trust_ms: int = clock.now_ms()
        self.drops: dict[str, int] = {}

    @property
    def me(self) -> PeerSession:
        return self._session.me

    @property
    def pairs(self) -> list[Pair]:
        return self._peers.all()

    @property
    def room_code(self) -> str:
        return self._group.room_code()

    def is_host(self, sid: str) -> bool:
        member = self._group.member(sid)
        return member is not None and member.is_host

    def begin(self) -> None:
        """Listen to what happens in the room, from the moment we were let in."""
        self._signaling.begin(self)

    async def renew(self) -> None:
        await self._signaling.renew()

    def hurry(self) -> None:
        """The page woke up."""
        self._signaling.hurry()
        self._peers.look()

    async def say_goodbye(self) -> None:
        """A signed LEAVE to everybody, so that nobody waits for us."""
        if self._group.ready() and len(self.readers()) > 0:
            try:
                msg_id = self._platform.crypto.digest.random(16).hex()
                await self.broadcast(TYPE_CONTROL, KIND_LEAVE, msg_id, b"")
            except ChatError as error:
                self.count_drop(error.code)

    async def broadcast(self, frame_type: int, kind: int, msg_id: str, body: bytes) -> None:
        """A frame that nobody confirms."""
        readers = self.readers()
        packet = await self._group.seal(frame_type, kind, msg_id, body, self._platform.clock.now_ms())
        for sid in readers:
            self.send_frame(sid, packet)

    def close(self) -> None:
        self._is_closed = True
        self._epochs.close()
        self._peers.close()
        self._signaling.leave()

    def all_drops(self) -> dict[str, int]:
        """What was refused, by reason: the links' and the group's."""
        counts = dict(self.drops)
        for reason, count in self._group.drops.items():
            name = f"cw.{reason}"
            counts[name] = counts.get(name, 0) + count
        return counts

    def count_drop(self, why: str) -> None:
        if why in self.drops or len(self.drops) < REASONS_KEPT:
            self.drops[why] = self.drops.get(why, 0) + 1

    # What the service tells.

    def entered(self, joined: Joined, again: bool) -> None:
        self._peers.ice = joined.ice
        self._owner.room_entered(joined, again)
        self._peers.listed(joined.members)
        if again:
            return
        if len(joined.members) == 0:
            self._epochs.release()
        else:
            self._platform.clock.after(HANDSHAKE_MS, self._epochs.release)
        self._platform.clock.after(LOOK_MS, self._look)
        self._outbox.attach(self)

    def peer_joined(self, member: Member) -> None:
        self._peers.add(member)
        self._owner.room_people()

    def peer_left(self, sid: str) -> None:
        self._peers.unlist(sid)
        self._owner.room_people()

    def signalled(self, signal: Signal) -> None:
        self._signals.received(signal)

    def relayed(self, sid: str, blob: bytes) -> None:
        self._peers.relayed(sid, blob)

    def refused(self, problem: Problem) -> None:
        self.count_drop(problem.code)

    def cut(self) -> None:
        self._owner.room_cut()

    def ended(self, error: ChatError) -> None:
        self._owner.room_ended(error)

    async def room_lost(self) -> None:
        await self._owner.room_lost()

    # What pairs ask and tell.

    def make_handshake(self, sid: str, transport: int, fingerprints: tuple[bytes, bytes]) -> Handshake:
        return Handshake(self._platform.crypto, self._session, self._credentials, sid, transport, fingerprints)

    def is_relay_up(self) -> bool:
        return self._signaling.is_joined

    def signal(self, sid: str, kind: str, data: str) -> None:
        self._signals.send(sid, kind, data)

    def relay(self, sid: str, packet: bytes) -> None:
        self._signaling.relay(sid, packet)

    async def pair_verified(self, pair: Pair, peer: PeerSession) -> None:
        await self._epochs.admit(peer)
        if pair.is_closed:
            await self._epochs.drop(peer.sid)
            return
        self._release_if_settled()
        self._platform.clock.after(SETTLE_MS, self._epochs.release)

    async def pair_frame(self, pair: Pair, packet: bytes) -> None:
        """The one entrance: authenticated, in the room's epoch, once. Everything else is dropped and counted."""
        receipts = self._receipts.of(pair.sid)
        if receipts.knows(packet):
            return
        opened = await self._group.open(packet, pair.sid, self._platform.clock.now_ms())
        if opened is not None:
            if opened.sid == pair.sid:
                receipts.note(packet, opened.msg_id)
            self._deliver(opened)

    async def pair_blob(self, pair: Pair, blob: bytes) -> None:
        if not is_note(blob):
            await self._epochs.receive(pair.sid, blob)
        elif blob[0] == CONFIRM:
            try:
                self._outbox.confirmed(pair.sid, read_confirm(blob))
            except CwError as error:
                self.count_drop(error.code)
        elif blob[0] == DIRECT:
            pair.ask_direct()

    def pair_changed(self, pair: Pair) -> None:
        if pair.best() is not None:
            self._outbox.reachable(pair.sid)
        self._owner.room_people()

    def pair_failed(self, pair: Pair, error: ChatError) -> None:
        self.count_drop(error.code)
        self._release_if_settled()
        self._outbox.flush()
        if isinstance(error, CwError) and error.reason == TOKEN_KEY:
            self._platform.clock.spawn(self._newer_trust(pair))
        self._warnings.failed(error, len(self._group.members()) == 1, pair.has_open_channel)
        self._owner.room_people()

    def pair_gone(self, pair: Pair) -> None:
        self._remove(pair, False)

    def _remove(self, pair: Pair, for_good: bool) -> None:
        self._peers.remove(pair)
        self._outbox.gone(pair.sid, for_good or pair.peer is None)
        self._receipts.forget(pair.sid)
        # Also whom no link of ours ever verified: an epoch may name whom only others have met.
        self._platform.clock.spawn(self._epochs.drop(pair.sid))
        self._release_if_settled()
        self._owner.room_people()

    # What the group asks and tells.

    async def send_blob(self, sid: str, blob: bytes) -> None:
        pair = self._peers.get(sid)
        if pair is not None:
            await pair.send_blob(blob)

    def frame_opened(self, opened: Opened) -> None:
        self._receipts.of(opened.sid).confirm(opened.msg_id)
        self._deliver(opened)

    def epoch_changed(self) -> None:
        self._outbox.flush()
        self._owner.room_epoch()

    # What the outbox asks.

    def is_ready(self) -> bool:
        """There is an epoch, and everybody here can read it; a member whom it does not reach is waited for briefly.

        An epoch of my own is none to speak in while others are listed whom I am still trying to reach.
        """
        if self._is_closed or not self._group.ready():
            return False
        if len(self.readers()) == 0 and any(pair.is_listed and not pair.is_settled for pair in self._peers.all()):
            return False
        if len(self._group.unreached()) == 0:
            self._unreached_ms = -1
            return True
        now_ms = self._platform.clock.now_ms()
        if self._unreached_ms < 0:
            self._unreached_ms = now_ms
            self._platform.clock.after(UNREACHED_MS, self._outbox.flush)
        return now_ms - self._unreached_ms >= UNREACHED_MS

    def readers(self) -> list[str]:
        return [sid for sid in self._group.roster if sid != self._session.sid]

    def is_here(self, sid: str) -> bool:
        pair = self._peers.get(sid)
        return pair is not None and pair.peer is not None

    def kid(self) -> str:
        return self._group.kid

    async def seal(self, msg_id: str, body: bytes) -> bytes:
        return await self._group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, self._platform.clock.now_ms())

    def send_frame(self, sid: str, packet: bytes) -> bool:
        pair = self._peers.get(sid)
        return pair is not None and pair.send(packet)

    def send_frame_again(self, sid: str, packet: bytes) -> bool:
        pair = self._peers.get(sid)
        return pair is not None and pair.send_all_ways(packet)

    def _deliver(self, opened: Opened) -> None:
        if opened.is_repeat:
            return
        if opened.kind != KIND_LEAVE:
            self._owner.room_opened(opened)
            return
        pair = self._peers.get(opened.sid)
        if pair is not None:
            self._remove(pair, True)

    def _release_if_settled(self) -> None:
        for pair in self._peers.all():
            if not pair.is_settled:
                return
        self._epochs.release()

    async def _newer_trust(self, pair: Pair) -> None:
        """The peer's identity is signed by a key we do not know: perhaps one that is newer than our document."""
        now_ms = self._platform.clock.now_ms()
        if now_ms - self._trust_ms < TRUST_AGAIN_MS:
            return
        self._trust_ms = now_ms
        try:
            self._credentials.use_trust(await self._keys.fetch())
        except ChatError as error:
            self.count_drop(error.code)
            return
        pair.start()

    def _look(self) -> None:
        if not self._is_closed:
            self._peers.look()
            self._platform.clock.after(LOOK_MS, self._look)
