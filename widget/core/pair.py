"""One peer session and the paths to it: the relay at once, the direct channel as soon as it is verified."""

from __future__ import annotations

from typing import Protocol

from widget.core.direct import Direct
from widget.core.limits import DIRECT_DEAD_MS, DIRECT_SILENT_MS
from widget.core.link import Link
from widget.crypto.handshake import TRANSPORT_DIRECT, TRANSPORT_RELAY, Handshake
from widget.crypto.session import PeerSession
from widget.errors import ChatError
from widget.model import IceServer, LinkKind
from widget.ports import Platform
from widget.wire.notes import DIRECT, PROBE
from widget.wire.socket import Member


class PairOwner(Protocol):
    """The room around a pair."""

    def make_handshake(self, sid: str, transport: int, fingerprints: tuple[bytes, bytes]) -> Handshake: ...
    def is_relay_up(self) -> bool: ...
    def signal(self, sid: str, kind: str, data: str) -> None: ...
    def relay(self, sid: str, packet: bytes) -> None: ...
    async def pair_verified(self, pair: Pair, peer: PeerSession) -> None: ...
    async def pair_frame(self, pair: Pair, packet: bytes) -> None: ...
    async def pair_blob(self, pair: Pair, blob: bytes) -> None: ...
    def pair_changed(self, pair: Pair) -> None:
        """The best way to the peer is another one now, or there is none."""
        ...

    def pair_failed(self, pair: Pair, error: ChatError) -> None: ...
    def pair_gone(self, pair: Pair) -> None:
        """The service does not list the peer any more and no path is left."""
        ...

    def count_drop(self, why: str) -> None: ...


class Pair:
    """`member` is what the service says of the peer, `peer` what the peer proved."""

    def __init__(
        self,
        platform: Platform,
        my_sid: str,
        member: Member,
        ice: list[IceServer],
        uses_relay: bool,
        uses_direct: bool,
        owner: PairOwner,
    ) -> None:
        self._platform: Platform = platform
        self._owner: PairOwner = owner
        self._leads: bool = my_sid < member.sid
        self._relay: Link | None = self._relay_link() if uses_relay else None
        self._direct: Direct | None = None
        if uses_direct:
            self._direct = Direct(platform.clock, platform.rtc, ice, self._leads, self)
        self._direct_link: Link | None = None
        self._is_closed: bool = False
        self.sid: str = member.sid
        self.member: Member = member
        self.is_listed: bool = True
        self.peer: PeerSession | None = None
        self.has_failed: bool = False

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    @property
    def has_open_channel(self) -> bool:
        """A direct channel is up, verified or not."""
        return self._direct_link is not None

    @property
    def is_settled(self) -> bool:
        """The first try is over, well or badly."""
        return self.peer is not None or self.has_failed

    @property
    def link(self) -> LinkKind:
        """The best way to the peer, in the words of the public API."""
        best = self.best()
        if best is not None:
            return "direct" if best.kind == "direct" else "relayed"
        return "connecting" if self.peer is None and self.is_listed else "lost"

    def start(self) -> None:
        if self._relay is not None and self._owner.is_relay_up():
            self._relay.start()
        if self._direct is not None:
            self._direct.start()

    def best(self) -> Link | None:
        direct = self._direct_link
        if direct is not None and direct.is_open:
            return direct
        relay = self._relay
        return relay if relay is not None and relay.is_open and self._owner.is_relay_up() else None

    def send(self, packet: bytes) -> bool:
        """Hand a frame to the best link; False when there is none now."""
        best = self.best()
        if best is None:
            return False
        best.send(packet)
        return True

    def send_all_ways(self, packet: bytes) -> bool:
        """For a frame that was not confirmed: no link is trusted to be the good one."""
        sent = False
        for link in (self._direct_link, self._relay):
            if link is not None and link.is_open:
                link.send(packet)
                sent = True
        return sent

    async def send_blob(self, blob: bytes) -> None:
        best = self.best()
        if best is not None:
            await best.send_blob(blob)

    def relayed(self, packet: bytes) -> None:
        """A packet that came through the service."""
        if self._relay is None:
            self.count_drop("relay.unwanted")
        else:
            self._relay.receive(packet)

    def signalled(self, kind: str, data: str) -> None:
        if self._direct is None:
            self.count_drop("signal.unwanted")
        else:
            self._direct.signalled(kind, data)

    def returned(self) -> None:
        """We are back at the service: an open relay link goes on, one that was not open begins anew."""
        relay = self._relay
        if relay is not None and not relay.is_open:
            relay.restart()
        if self._direct is not None:
            if self._direct_link is None:
                self._direct.start()
            else:
                self._direct.restart_ice()
        self._owner.pair_changed(self)

    def unlisted(self) -> None:
        """The service says that the peer left. A direct channel that still speaks knows better."""
        self.is_listed = False
        if self._direct_link is None or not self._direct_link.is_open:
            self._owner.pair_gone(self)

    def ask_direct(self) -> None:
        """The peer's end of the direct connection is gone: ours is worth nothing."""
        if self._direct is not None:
            self._direct.give_up()
            self._direct.start()

    def look(self) -> None:
        """From time to time: has the direct channel fallen silent?"""
        link = self._direct_link
        direct = self._direct
        if link is None or direct is None or link.is_greeting:
            return
        silent_ms = self._platform.clock.now_ms() - link.heard_ms
        if silent_ms > DIRECT_DEAD_MS:
            direct.give_up()
        elif silent_ms > DIRECT_SILENT_MS:
            if link.is_open:
                link.silent()
                direct.restart_ice()
                self._owner.pair_changed(self)
            self._platform.clock.spawn(link.send_blob(bytes([PROBE])))

    def close(self) -> None:
        self._is_closed = True
        for link in (self._relay, self._direct_link):
            if link is not None:
                link.close()
        if self._direct is not None:
            self._direct.close()

    # What links tell.

    async def link_open(self, link: Link, peer: PeerSession) -> None:
        if self._is_closed:
            return
        if self.peer is None:
            self.peer = peer
        elif self.peer.credential_hash != peer.credential_hash:
            link.close()
            self.count_drop("pair.other")
            return
        await self._owner.pair_verified(self, peer)
        if not self._is_closed:
            self._owner.pair_changed(self)

    async def link_frame(self, link: Link, packet: bytes) -> None:
        await self._owner.pair_frame(self, packet)

    async def link_blob(self, link: Link, blob: bytes) -> None:
        await self._owner.pair_blob(self, blob)

    def link_failed(self, link: Link, error: ChatError) -> None:
        self.has_failed = True
        self._owner.pair_failed(self, error)
        if link is self._direct_link and self._direct is not None:
            self._direct.give_up()

    def link_heard(self, link: Link) -> None:
        self._owner.pair_changed(self)

    def count_drop(self, why: str) -> None:
        self._owner.count_drop(why)

    # What the direct connection tells.

    def signal(self, kind: str, data: str) -> None:
        self._owner.signal(self.sid, kind, data)

    def direct_open(self, local: bytes, remote: bytes) -> None:
        direct = self._direct
        if direct is None or self._is_closed:
            return
        link = Link(
            self._platform.clock,
            "direct",
            self._leads,
            lambda: self._owner.make_handshake(self.sid, TRANSPORT_DIRECT, (local, remote)),
            direct.send,
            self,
        )
        self._direct_link = link
        link.start()

    def direct_packet(self, packet: bytes) -> None:
        if self._direct_link is not None:
            self._direct_link.receive(packet)

    def direct_lost(self) -> None:
        link = self._direct_link
        if link is None or self._is_closed:
            return
        was_open = not link.is_greeting
        link.close()
        self._direct_link = None
        if not self.is_listed:
            self._owner.pair_gone(self)
        elif was_open:
            self._owner.pair_changed(self)
            if not self._leads:
                self._platform.clock.spawn(self.send_blob(bytes([DIRECT])))

    def _relay_link(self) -> Link:
        return Link(
            self._platform.clock,
            "relay",
            self._leads,
            lambda: self._owner.make_handshake(self.sid, TRANSPORT_RELAY, (b"", b"")),
            lambda packet: self._owner.relay(self.sid, packet),
            self,
        )
