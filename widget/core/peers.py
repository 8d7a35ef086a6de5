"""Everybody in the room as I know them: a `Pair` for each, and the group whose keys we share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widget.core.epochs import Epochs
from widget.core.limits import HANDSHAKE_MS, SETTLE_MS, TRUST_AGAIN_MS, UNREACHED_MS
from widget.core.outbox import Outbox
from widget.core.pair import Pair
from widget.core.sign_in_service import SignInService
from widget.core.signaling import Signaling
from widget.crypto.credentials import Credentials
from widget.crypto.group import Group
from widget.crypto.handshake import Handshake
from widget.crypto.opened import Opened
from widget.crypto.reasons import BIND_MAC, BIND_SIGNATURE, PSK_GENERATION, PSK_PROOF, TOKEN_KEY
from widget.crypto.sdp_seal import SdpSeal
from widget.crypto.session import PeerSession, Session
from widget.errors import ChatError, CwError
from widget.model import IceServer
from widget.ports import Clock, PeerConnection, PeerEvents, Platform
from widget.wire.body import KIND_LEAVE, KIND_TEXT
from widget.wire.frame import TYPE_MESSAGE
from widget.wire.notes import CONFIRM, DIRECT, is_note, read_confirm
from widget.wire.socket import MAX_MEMBERS, Member

if TYPE_CHECKING:
    from widget.core.arrival import Arrived
    from widget.core.room_session import RoomSession

REASONS_KEPT: int = 128


class Peers:
    """The only place where packets of peers become frames, and frames packets."""

    def __init__(self, stay: RoomSession, arrived: Arrived, signaling: Signaling) -> None:
        rooms = stay.rooms
        platform = rooms.platform
        session = arrived.session
        relay = rooms.config.relay
        self._stay: RoomSession = stay
        self._platform: Platform = platform
        self._service: SignInService = rooms.service
        self._session: Session = session
        self._credentials: Credentials = arrived.credentials
        self._outbox: Outbox = stay.outbox
        self._uses_relay: bool = relay != "never" and arrived.plan.genesis.relay
        self._told: list[str] = []
        self._trust_ms: int = platform.clock.now_ms()
        self._unreached_ms: int = -1
        self.clock: Clock = platform.clock
        self.group: Group = Group(platform.crypto, session, arrived.credentials, self.clock.now_ms())
        self.epochs: Epochs = Epochs(self)
        self.signaling: Signaling = signaling
        self.seal: SdpSeal | None = arrived.seal
        self.is_closed: bool = False
        self.my_sid: str = session.sid
        self.uses_direct: bool = relay != "always"
        self.ice: list[IceServer] = []
        self.pairs: dict[str, Pair] = {}
        self.drops: dict[str, int] = {}

    def listed(self, members: list[Member]) -> None:
        """The service's whole list, after we came or came back."""
        present = [member.sid for member in members]
        for pair in list(self.pairs.values()):
            if pair.sid in present:
                pair.returned()
            else:
                pair.unlisted()
        for member in members:
            self.add(member)

    def add(self, member: Member) -> Pair | None:
        """The pair with `member`, new or not; None when there are too many."""
        pair = self.pairs.get(member.sid)
        if pair is not None:
            pair.member = member
            pair.is_listed = True
            return pair
        if len(self.pairs) >= MAX_MEMBERS or member.sid == self.my_sid:
            return None
        pair = Pair(self, member)
        self.pairs[member.sid] = pair
        pair.start()
        return pair

    def unlist(self, sid: str) -> None:
        pair = self.pairs.get(sid)
        if pair is not None:
            pair.unlisted()

    def reached(self, sid: str) -> Pair | None:
        """A peer's first packet may overtake the news of its arrival; who it is, it has to prove anyway."""
        pair = self.pairs.get(sid)
        if pair is not None:
            return pair
        early = self.add(Member(sid, "", "", self.clock.now_ms()))
        if early is None:
            self.count_drop("peer.unknown")
            return None
        early.is_listed = False
        self.clock.after(HANDSHAKE_MS, lambda: self._forget(early))
        return early

    def relayed(self, sid: str, packet: bytes) -> None:
        """A packet that came through the service."""
        pair = self.reached(sid)
        if pair is None:
            return
        if self._uses_relay:
            pair.relay.receive(packet)
        else:
            self.count_drop("relay.unwanted")

    def look(self) -> None:
        for pair in list(self.pairs.values()):
            pair.direct.look()

    async def broadcast(self, frame_type: int, kind: int, body: bytes) -> None:
        """A frame that nobody confirms."""
        readers = self.readers()
        msg_id = self._platform.crypto.digest.random(16).hex()
        packet = await self.group.seal(frame_type, kind, msg_id, body, self.clock.now_ms())
        for sid in readers:
            self.send(sid, packet, False)

    def close(self) -> None:
        self.is_closed = True
        for pair in self.pairs.values():
            pair.close()

    def count_drop(self, why: str) -> None:
        if why in self.drops or len(self.drops) < REASONS_KEPT:
            self.drops[why] = self.drops.get(why, 0) + 1

    # What pairs ask and tell.

    def has_relay(self) -> bool:
        return self._uses_relay and self.signaling.is_joined

    def handshake(self, sid: str, transport: int, fingerprints: tuple[bytes, bytes]) -> Handshake:
        return Handshake(self._platform.crypto, self._session, self._credentials, sid, transport, fingerprints)

    def connect(self, events: PeerEvents) -> PeerConnection:
        return self._platform.rtc.connect(self.ice, False, events)

    async def verified(self, pair: Pair, peer: PeerSession) -> None:
        await self.epochs.admit(peer)
        if pair.is_closed:
            await self.epochs.drop(peer.sid)
            return
        self._release_if_settled()
        self.clock.after(SETTLE_MS, self.epochs.release)

    async def take_frame(self, pair: Pair, packet: bytes) -> None:
        """The one entrance: authenticated, in the room's epoch, once. Everything else is dropped and counted."""
        if pair.receipts.knows(packet):
            return
        opened = await self.group.open(packet, pair.sid, self.clock.now_ms())
        if opened is not None:
            if opened.sid == pair.sid:
                pair.receipts.note(packet, opened.msg_id)
            self._deliver(opened)

    async def take_blob(self, pair: Pair, blob: bytes) -> None:
        if not is_note(blob):
            await self.epochs.receive(pair.sid, blob)
        elif blob[0] == CONFIRM:
            try:
                self._outbox.confirmed(pair.sid, read_confirm(blob))
            except CwError as error:
                self.count_drop(error.code)
        elif blob[0] == DIRECT:
            pair.ask_direct()

    def changed(self, pair: Pair) -> None:
        """The best way to the peer is another one now, or there is none."""
        if pair.best() is not None:
            self._outbox.reachable(pair.sid)
        self._stay.people_changed()

    def failed(self, pair: Pair, error: ChatError) -> None:
        """A handshake failed."""
        self.count_drop(error.code)
        self._release_if_settled()
        self._outbox.flush()
        if isinstance(error, CwError):
            self._consider(pair, error.reason)
        self._stay.people_changed()

    def gone(self, pair: Pair, for_good: bool) -> None:
        """The service does not list the peer any more and no path is left, or it said goodbye."""
        if self.pairs.get(pair.sid) is pair:
            del self.pairs[pair.sid]
        pair.close()
        self._outbox.gone(pair.sid, for_good or pair.peer is None)
        # Also whom no link of ours ever verified: an epoch may name whom only others have met.
        self.clock.spawn(self.epochs.drop(pair.sid))
        self._release_if_settled()
        self._stay.people_changed()

    # What the group tells.

    def late(self, opened: Opened) -> None:
        """A frame that had to wait for its epoch."""
        pair = self.pairs.get(opened.sid)
        if pair is not None:
            pair.receipts.confirm(opened.msg_id)
        self._deliver(opened)

    def epoch_changed(self) -> None:
        self._outbox.flush()
        self._stay.epoch_changed()

    # What the outbox asks.

    def is_ready(self) -> bool:
        """There is an epoch, and everybody here can read it; a member whom it does not reach is waited for briefly.

        An epoch of my own is none to speak in while others are listed whom I am still trying to reach.
        """
        if not self.group.ready():
            return False
        if len(self.readers()) == 0 and any(pair.is_listed and not pair.is_settled for pair in self.pairs.values()):
            return False
        if len(self.group.unreached()) == 0:
            self._unreached_ms = -1
            return True
        now_ms = self.clock.now_ms()
        if self._unreached_ms < 0:
            self._unreached_ms = now_ms
            self.clock.after(UNREACHED_MS, self._outbox.flush)
        return now_ms - self._unreached_ms >= UNREACHED_MS

    def readers(self) -> list[str]:
        """The sids that can read what is sealed now, without me."""
        return [sid for sid in self.group.roster if sid != self.my_sid]

    def is_here(self, sid: str) -> bool:
        """Verified, and not gone as far as we know."""
        pair = self.pairs.get(sid)
        return pair is not None and pair.peer is not None

    def is_host(self, sid: str) -> bool:
        member = self.group.member(sid)
        return member is not None and member.is_host

    async def seal_text(self, msg_id: str, body: bytes) -> bytes:
        return await self.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, self.clock.now_ms())

    def send(self, sid: str, packet: bytes, all_ways: bool) -> bool:
        """False when there is no way to `sid` now."""
        pair = self.pairs.get(sid)
        return pair is not None and pair.send(packet, all_ways)

    def _deliver(self, opened: Opened) -> None:
        if opened.is_repeat:
            return
        if opened.kind != KIND_LEAVE:
            self._stay.opened(opened)
            return
        pair = self.pairs.get(opened.sid)
        if pair is not None:
            self.gone(pair, True)

    def _release_if_settled(self) -> None:
        if all(pair.is_settled for pair in self.pairs.values()):
            self.epochs.release()

    def _forget(self, pair: Pair) -> None:
        """The service never said who that was, and it proved nothing."""
        if not pair.is_listed and pair.peer is None and self.pairs.get(pair.sid) is pair:
            self.gone(pair, False)

    def _consider(self, pair: Pair, reason: int) -> None:
        """Some failures people may have to act on. With nobody verified yet, a wrong invite is ours and not theirs."""
        if reason == TOKEN_KEY:
            self.clock.spawn(self._newer_trust(pair))
        elif reason in (PSK_PROOF, PSK_GENERATION) and len(self.group.members()) == 1:
            self._once("invite.wrong", "The members of this room have another invite. Ask for the current one.")
        elif reason in (BIND_SIGNATURE, BIND_MAC) and pair.direct.link is not None:
            text = "A direct connection led to somebody else (possible interception). It is not used."
            self._once("link.interception", text)

    def _once(self, code: str, text: str) -> None:
        if code not in self._told:
            self._told.append(code)
            self._stay.rooms.events.emit("error", ChatError(code, text))

    async def _newer_trust(self, pair: Pair) -> None:
        """The peer's identity is signed by a key we do not know: perhaps one that is newer than our document."""
        now_ms = self.clock.now_ms()
        if now_ms - self._trust_ms < TRUST_AGAIN_MS:
            return
        self._trust_ms = now_ms
        try:
            self._credentials.use_trust(await self._service.fetch_trust())
        except ChatError as error:
            self.count_drop(error.code)
            return
        pair.start()
