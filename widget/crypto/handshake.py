"""HELLO and BIND: two sessions prove to each other who they are and that nobody sits between them."""

from __future__ import annotations

from widget.crypto.credentials import Credentials
from widget.crypto.pair_channel import PairChannel
from widget.crypto.session import PeerSession, Session
from widget.ports import Crypto

TRANSPORT_DIRECT = 1
TRANSPORT_RELAY = 2


class Handshake:
    """One link's handshake. Call `receive` for one packet at a time.

    `fingerprints` is (local, remote), 32 bytes each, from `fingerprint.sdp_fingerprint` of localDescription and
    remoteDescription; (b"", b"") for relay. `expected_sid` is the sid signaling named for this link.
    """

    peer: PeerSession | None
    channel: PairChannel | None

    def __init__(
        self,
        crypto: Crypto,
        session: Session,
        credentials: Credentials,
        expected_sid: str,
        transport: int,
        fingerprints: tuple[bytes, bytes],
    ) -> None:
        raise NotImplementedError

    def hello(self) -> bytes:
        """My HELLO packet (tag included), always the same for this link. Send it as soon as the link is up."""
        raise NotImplementedError

    async def receive(self, packet: bytes, now_ms: int) -> list[bytes]:
        """Take an H or B packet; returns packets to send. After a good B `peer` and `channel` are set.

        Any CwError means: close the link, no retry for 30 s. Other packets before `done()` are such an error.
        """
        raise NotImplementedError

    def done(self) -> bool:
        """The peer is verified and the pair channel open."""
        raise NotImplementedError
