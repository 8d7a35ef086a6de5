"""HELLO and BIND: two sessions prove to each other who they are and that nobody sits between them."""

from __future__ import annotations

from widget.crypto.credentials import Credentials
from widget.crypto.keys import PairKeys, derive_pair, same, signed
from widget.crypto.limits import VERSIONS
from widget.crypto.pair_channel import PairChannel
from widget.crypto.reasons import (
    BIND_ATTEMPT,
    BIND_FIRST,
    BIND_MAC,
    BIND_ROLE,
    BIND_SIGNATURE,
    DATA_BEFORE_BIND,
    HANDSHAKE_OVER,
    HELLO_REFLECTED,
    HELLO_REPEATED,
    HELLO_STRANGER,
    HELLO_VERSION,
)
from widget.crypto.session import PeerSession, Session
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.handshake import (
    bind_input,
    read_bind,
    read_hello,
    transcript_bytes,
    write_bind,
    write_hello,
)
from widget.wire.packet import TAG_BIND, TAG_HELLO, packet_tag

TRANSPORT_DIRECT = 1
TRANSPORT_RELAY = 2
NO_FINGERPRINTS = (bytes(32), bytes(32))


class Handshake:
    """One attempt at a link. Call `receive` for one packet at a time.

    Attempts of a session are numbered upwards, whoever they are with. A peer that begins anew says HELLO with a higher
    number, and that takes the place of its earlier one until BIND; what answers another attempt than this is refused.
    `fingerprints` is (local, remote), 32 bytes each, from `fingerprint.sdp_fingerprint` of localDescription and
    remoteDescription; NO_FINGERPRINTS for relay. `expected_sid` is the sid signaling named for this link.
    `said` goes with BIND, signed and readable on the way: what the peer wants to know first. `heard` is the peer's.
    """

    def __init__(
        self,
        crypto: Crypto,
        session: Session,
        credentials: Credentials,
        expected_sid: str,
        transport: int,
        fingerprints: tuple[bytes, bytes],
        attempt: int,
        said: bytes = b"",
    ) -> None:
        self.peer: PeerSession | None = None
        self.heard: bytes = b""
        self.said: bytes = said
        self.channel: PairChannel | None = None
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._credentials: Credentials = credentials
        self._expected_sid: str = expected_sid
        self._transport: int = transport
        self._fingerprints: tuple[bytes, bytes] = fingerprints
        self._role: int = 0 if session.sid < expected_sid else 1
        self._is_over: bool = False
        self.attempt: int = attempt
        self.answered: int = 0  # the attempt of the peer whose HELLO was taken
        self._hello: bytes = self._make_hello()
        # What a good HELLO leaves to BIND.
        self._claimed: PeerSession | None = None
        self._keys: PairKeys | None = None
        self._hash: bytes = b""

    def hello(self) -> bytes:
        """My HELLO packet (tag included), always the same for this attempt. Send it as soon as the link is up."""
        return self._hello

    def done(self) -> bool:
        """The peer is verified and the pair channel open."""
        return self.channel is not None

    async def receive(self, packet: bytes, now_ms: int) -> list[bytes]:
        """Take an H or B packet; returns packets to send. After a good B `peer` and `channel` are set.

        Any CwError means: close the link, no retry for 30 s. Other packets before `done()` are such an error.
        """
        try:
            return await self._step(packet, now_ms)
        except CwError:
            self._is_over = True
            self.peer = None
            self.channel = None
            raise

    async def _step(self, packet: bytes, now_ms: int) -> list[bytes]:
        tag = packet_tag(packet)
        peer = self._claimed
        keys = self._keys
        if self._is_over:
            raise CwError(HANDSHAKE_OVER, "the handshake is over")
        if tag != TAG_HELLO and tag != TAG_BIND:
            raise CwError(DATA_BEFORE_BIND, "data before BIND")
        if tag == TAG_HELLO:
            return [await self._take_hello(packet, now_ms)]
        if peer is None or keys is None:
            raise CwError(BIND_FIRST, "BIND before HELLO")
        await self._take_bind(peer, keys, packet)
        return []

    def _make_hello(self) -> bytes:
        me = self._session.me
        nonce = self._crypto.digest.random(32)
        return write_hello(self.attempt, list(VERSIONS), nonce, me.credential, self._session.invites.proofs)

    async def _take_hello(self, packet: bytes, now_ms: int) -> bytes:
        """Verify who speaks, agree on keys; returns my BIND."""
        hello = read_hello(packet)
        if hello.attempt <= self.answered:
            raise CwError(HELLO_REPEATED, "a HELLO of this attempt or of an earlier one")
        self._check_version(hello.versions)
        peer = await self._credentials.check(hello.credential, hello.psk_proof, now_ms)
        if peer.sid == self._session.sid:
            raise CwError(HELLO_REFLECTED, "my own HELLO came back")
        if peer.sid != self._expected_sid:
            raise CwError(HELLO_STRANGER, "another session than signaling named")
        hellos = self._ordered((self._hello, packet))
        prints = self._ordered(self._fingerprints)
        transcript = transcript_bytes(self._session.room_id, hellos, self._transport, prints)
        self._hash = await self._crypto.digest.sha256(transcript)
        mine = self._session.agreement
        psk = await self._session.invites.common(hello.credential, hello.psk_proof)
        keys = await derive_pair(self._crypto, mine, peer.agree_public, psk, self._hash)
        data = bind_input(self._role, self._hash, self.said)
        signature = await self._crypto.signatures.sign(self._session.signing, data)
        mac = await self._mac(keys, data)
        bind = write_bind(self.attempt, hello.attempt, self._role, self.said, signature, mac)
        self._keys = keys
        self._claimed = peer
        self.answered = hello.attempt
        return bind

    def _check_version(self, versions: list[int]) -> None:
        common = [version for version in versions if version in VERSIONS]
        if len(common) == 0 or common[-1] < self._credentials.min_version:
            raise CwError(HELLO_VERSION, "no common version that the room allows")

    def _ordered(self, both: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
        """(lo, hi) of (mine, theirs): what belongs to the lower sid first."""
        return both if self._role == 0 else (both[1], both[0])

    async def _mac(self, keys: PairKeys, data: bytes) -> bytes:
        return (await self._crypto.digest.hmac_sha256(keys.conf, data))[:16]

    async def _take_bind(self, peer: PeerSession, keys: PairKeys, packet: bytes) -> None:
        bind = read_bind(packet)
        if bind.attempt != self.answered or bind.answered != self.attempt:
            raise CwError(BIND_ATTEMPT, "BIND of another attempt")
        if bind.role == self._role:
            raise CwError(BIND_ROLE, "BIND in the wrong role")
        data = bind_input(bind.role, self._hash, bind.said)
        if not await signed(self._crypto, peer.sign_public, bind.signature, data):
            raise CwError(BIND_SIGNATURE, "the peer saw another handshake than I did")
        if not same(await self._mac(keys, data), bind.mac):
            raise CwError(BIND_MAC, "the peer has other keys than I have")
        self._credentials.remember(peer)
        sending, receiving = keys.by_role[self._role], keys.by_role[bind.role]
        self.channel = PairChannel(sending, receiving)
        self.peer = peer
        self.heard = bind.said
        self._keys = None
        self._is_over = True
