"""HELLO and BIND: two sessions prove to each other who they are and that nobody sits between them."""

from __future__ import annotations

from widget.crypto.credentials import Credentials
from widget.crypto.keys import PairKeys, derive_pair, same, signed
from widget.crypto.limits import VERSIONS
from widget.crypto.pair_channel import PairChannel
from widget.crypto.reasons import (
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
    Bind,
    Hello,
    Transcript,
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
NO_FINGERPRINT = bytes(32)

# What is waited for; every step has one way on and OVER for all that is wrong.
WAIT_HELLO = 0
WAIT_BIND = 1
OPEN = 2
OVER = 3


class Handshake:
    """One link's handshake. Call `receive` for one packet at a time.

    `fingerprints` is (local, remote), 32 bytes each, from `fingerprint.sdp_fingerprint` of localDescription and
    remoteDescription; (b"", b"") for relay. `expected_sid` is the sid signaling named for this link.
    """

    def __init__(
        self,
        crypto: Crypto,
        session: Session,
        credentials: Credentials,
        expected_sid: str,
        transport: int,
        fingerprints: tuple[bytes, bytes],
    ) -> None:
        self.peer: PeerSession | None = None
        self.channel: PairChannel | None = None
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._credentials: Credentials = credentials
        self._expected_sid: str = expected_sid
        self._transport: int = transport
        self._local: bytes = fingerprints[0] if transport == TRANSPORT_DIRECT else NO_FINGERPRINT
        self._remote: bytes = fingerprints[1] if transport == TRANSPORT_DIRECT else NO_FINGERPRINT
        self._state: int = WAIT_HELLO
        self._hello: bytes = self._make_hello()
        self._claimed: PeerSession | None = None
        self._keys: PairKeys | None = None
        self._hash: bytes = b""

    def hello(self) -> bytes:
        """My HELLO packet (tag included), always the same for this link. Send it as soon as the link is up."""
        return self._hello

    def done(self) -> bool:
        """The peer is verified and the pair channel open."""
        return self._state == OPEN

    async def receive(self, packet: bytes, now_ms: int) -> list[bytes]:
        """Take an H or B packet; returns packets to send. After a good B `peer` and `channel` are set.

        Any CwError means: close the link, no retry for 30 s. Other packets before `done()` are such an error.
        """
        try:
            return await self._step(packet, now_ms)
        except CwError:
            self._state = OVER
            self.peer = None
            self.channel = None
            raise

    async def _step(self, packet: bytes, now_ms: int) -> list[bytes]:
        tag = packet_tag(packet)
        if self._state == OPEN or self._state == OVER:
            raise CwError(HANDSHAKE_OVER, "the handshake is over")
        if tag == TAG_HELLO and self._state == WAIT_HELLO:
            return [await self._take_hello(packet, now_ms)]
        if tag == TAG_HELLO:
            raise CwError(HELLO_REPEATED, "a second HELLO")
        if tag == TAG_BIND and self._state == WAIT_HELLO:
            raise CwError(BIND_FIRST, "BIND before HELLO")
        if tag != TAG_BIND:
            raise CwError(DATA_BEFORE_BIND, "data before BIND")
        await self._take_bind(packet)
        return []

    def _make_hello(self) -> bytes:
        me = self._session.me
        nonce = self._crypto.digest.random(32)
        return write_hello(Hello(list(VERSIONS), nonce, me.credential, me.psk_proof))

    async def _take_hello(self, packet: bytes, now_ms: int) -> bytes:
        """Verify who speaks, agree on keys; returns my BIND."""
        hello = read_hello(packet)
        self._check_version(hello.versions)
        peer = await self._credentials.check(hello.credential, hello.psk_proof, now_ms)
        if peer.sid == self._session.sid:
            raise CwError(HELLO_REFLECTED, "my own HELLO came back")
        if peer.sid != self._expected_sid:
            raise CwError(HELLO_STRANGER, "another session than signaling named")
        self._credentials.take_nonce(hello.nonce)
        self._hash = await self._crypto.digest.sha256(transcript_bytes(self._transcript(peer.sid, packet)))
        mine = self._session.agreement
        self._keys = await derive_pair(self._crypto, mine, peer.agree_public, self._session.psk, self._hash)
        self._claimed = peer
        bind = await self._make_bind(self._keys, self._role(peer.sid))
        self._state = WAIT_BIND
        return bind

    def _check_version(self, versions: list[int]) -> None:
        best = 0
        for version in versions:
            if version in VERSIONS:
                best = version
        if best < self._credentials.min_version or best == 0:
            raise CwError(HELLO_VERSION, "no common version that the room allows")

    def _role(self, peer_sid: str) -> int:
        """0 when my sid is the lower one."""
        return 0 if self._session.sid < peer_sid else 1

    def _transcript(self, peer_sid: str, peer_hello: bytes) -> Transcript:
        low = self._role(peer_sid) == 0
        return Transcript(
            room_id=self._session.room_id,
            hello_lo=self._hello if low else peer_hello,
            hello_hi=peer_hello if low else self._hello,
            transport=self._transport,
            fingerprint_lo=self._local if low else self._remote,
            fingerprint_hi=self._remote if low else self._local,
        )

    async def _make_bind(self, keys: PairKeys, role: int) -> bytes:
        data = bind_input(role, self._hash)
        signature = await self._crypto.signatures.sign(self._session.signing, data)
        mac = await self._crypto.digest.hmac_sha256(keys.conf, data)
        return write_bind(Bind(role, signature, mac[:16]))

    async def _take_bind(self, packet: bytes) -> None:
        peer = self._claimed
        keys = self._keys
        if peer is None or keys is None:
            raise CwError(BIND_FIRST, "BIND before HELLO")
        bind = read_bind(packet)
        role = self._role(peer.sid)
        if bind.role != 1 - role:
            raise CwError(BIND_ROLE, "BIND in the wrong role")
        data = bind_input(bind.role, self._hash)
        if not await signed(self._crypto, peer.sign_public, bind.signature, data):
            raise CwError(BIND_SIGNATURE, "the peer saw another handshake than I did")
        if not same((await self._crypto.digest.hmac_sha256(keys.conf, data))[:16], bind.mac):
            raise CwError(BIND_MAC, "the peer has other keys than I have")
        sending = keys.low if role == 0 else keys.high
        receiving = keys.high if role == 0 else keys.low
        self.channel = PairChannel(sending, receiving, self._session.sid, peer.sid)
        self.peer = peer
        self._keys = None
        self._state = OPEN
