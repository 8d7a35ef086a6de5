"""One peer session and the paths to it: the relay at once, the direct channel as soon as it is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widget.core.direct import Direct
from widget.core.link import Link
from widget.core.receipts import Receipts
from widget.crypto.handshake import NO_FINGERPRINTS, TRANSPORT_RELAY
from widget.crypto.session import PeerSession
from widget.errors import ChatError
from widget.model import LinkKind
from widget.wire.notes import DIRECT
from widget.wire.socket import Member

if TYPE_CHECKING:
    from widget.core.peers import Peers


class Pair:
    """`member` is what the service says of the peer, `peer` what the peer proved."""

    def __init__(self, peers: Peers, member: Member) -> None:
        self.peers: Peers = peers
        self.sid: str = member.sid
        self.member: Member = member
        self.leads: bool = peers.my_sid < member.sid  # breaks ties: exactly one side of a pair has it
        self.is_listed: bool = True
        self.is_closed: bool = False
        self.has_failed: bool = False
        self.peer: PeerSession | None = None
        self.relay: Link = Link(self, TRANSPORT_RELAY, NO_FINGERPRINTS)
        self.direct: Direct = Direct(self)
        self.receipts: Receipts = Receipts(peers.clock, self.send_blob)

    @property
    def is_settled(self) -> bool:
        """The first try is over, well or badly."""
        return self.peer is not None or self.has_failed

    @property
    def link(self) -> LinkKind:
        """The best way to the peer, in the words of the public API."""
        best = self.best()
        if best is not None:
            return "direct" if best.is_direct else "relayed"
        return "connecting" if self.peer is None and self.is_listed else "lost"

    def start(self) -> None:
        """Both at once: waiting with WebRTC until the relay's handshake is done was measured to be slower."""
        if self.peers.has_relay():
            self.relay.start()
        self.direct.start()

    def best(self) -> Link | None:
        direct = self.direct.link
        if direct is not None and direct.is_open:
            return direct
        return self.relay if self.relay.is_open and self.peers.has_relay() else None

    def send(self, packet: bytes, all_ways: bool) -> bool:
        """Hand a frame to the best link; False when there is none now.

        `all_ways` is for a frame that was not confirmed: no link is trusted to be the good one.
        """
        best = self.best()
        if best is not None:
            best.send(packet)
        if all_ways and self.relay.is_open and best is not self.relay:
            self.relay.send(packet)
        return best is not None

    async def send_blob(self, blob: bytes) -> None:
        best = self.best()
        if best is not None:
            await best.send_blob(blob)

    def returned(self) -> None:
        """We are back at the service: an open relay link goes on, one that was not open begins anew."""
        if self.peers.has_relay() and not self.relay.is_open:
            self.relay.greet()
        self.direct.start()
        self.direct.restart_ice()
        self.peers.changed(self)

    def unlisted(self) -> None:
        """The service says that the peer left. A direct channel that still speaks knows better."""
        self.is_listed = False
        best = self.best()
        if best is None or not best.is_direct:
            self.peers.gone(self, False)

    def ask_direct(self) -> None:
        """The peer's end of the direct connection is gone: ours is worth nothing."""
        self.direct.give_up()
        self.direct.start()

    def close(self) -> None:
        self.is_closed = True
        self.relay.close()
        self.direct.close()

    # What the links tell.

    async def opened(self, link: Link, peer: PeerSession) -> None:
        if self.peer is None:
            self.peer = peer
        elif self.peer.credential_hash != peer.credential_hash:
            link.close()
            self.peers.count_drop("pair.other")
            return
        await self.peers.verified(self, peer)
        if not self.is_closed:
            self.peers.changed(self)

    def failed(self, link: Link, error: ChatError) -> None:
        self.has_failed = True
        self.peers.failed(self, error)
        if link.is_direct:
            self.direct.give_up()

    def lost_direct(self, was_open: bool) -> None:
        if self.is_closed:
            return
        if not self.is_listed:
            self.peers.gone(self, False)
        elif was_open:
            self.peers.changed(self)
            if not self.leads:
                self.peers.clock.spawn(self.send_blob(bytes([DIRECT])))
