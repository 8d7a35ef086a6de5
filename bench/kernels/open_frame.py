"""Opening frames with everything but the mathematics: the crypto port answers at once and hashes nothing."""

from __future__ import annotations

from widget.crypto.budgets import Budgets
from widget.crypto.drops import Drops
from widget.crypto.frames import Frames
from widget.crypto.keys import CountedKey
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.session import PeerSession, Session
from widget.ports import Crypto, KeyPair
from widget.wire.body import KIND_TEXT, TextBody, write_text
from widget.wire.frame import SIGNATURE_BYTES, TAG_BYTES, TYPE_MESSAGE
from widget.wire.pair import Grant

PACKETS = 256
EACH_MS = 100  # what the budget of one neighbour allows
START_MS = 1_795_000_000_000
POINT = bytes([4]) + bytes(64)


class StillDigest:
    """Takes 32 bytes of the data for its hash; a frame's header and counter are among them."""

    def random(self, count: int) -> bytes:
        return bytes(count)

    async def sha256(self, data: bytes) -> bytes:
        return data[4:36]

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        return bytes(32)

    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return bytes(length)


class StillAead:
    """Seals by appending a tag of zeros."""

    async def key(self, raw: bytes) -> object:
        return "key"

    async def seal(self, key: object, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        return plaintext + bytes(TAG_BYTES)

    async def open(self, key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        return sealed[:-TAG_BYTES]


class StillSignatures:
    """Every signature is zeros, and good."""

    async def generate(self) -> KeyPair:
        return KeyPair("key", POINT)

    async def sign(self, key: KeyPair, data: bytes) -> bytes:
        return bytes(SIGNATURE_BYTES)

    async def verify(self, public: bytes, signature: bytes, data: bytes) -> bool:
        return True


class StillAgreement:
    async def generate(self) -> KeyPair:
        return KeyPair("key", POINT)

    async def derive(self, key: KeyPair, public: bytes) -> bytes:
        return bytes(32)


class Kernel:
    """One time is one frame opened; after 256 of them a new member begins again."""

    def __init__(self) -> None:
        self._crypto: Crypto = Crypto(StillDigest(), StillAead(), StillSignatures(), StillAgreement())
        self._packets: list[bytes] = []

    async def run(self, times: int) -> str:
        if len(self._packets) == 0:
            await self._seal()
        frames = await self._member(0)
        total = 0
        last = ""
        for number in range(times):
            place = number % PACKETS
            if place == 0:
                frames = await self._member(0)
            opened = await frames.open(self._packets[place], "via", START_MS + place * EACH_MS)
            if opened is not None:
                total += opened.kind + opened.ts_ms % 1000 + len(opened.flags) + len(opened.body)
                last = f"{opened.sub} {opened.msg_id}"
        return f"{total} {last}"

    async def _seal(self) -> None:
        author = await self._member(1)
        for number in range(PACKETS):
            body = write_text(TextBody(f"message {number} of many, and a little more", [], []))
            msg_id = f"{number:032x}"
            now_ms = START_MS + number * EACH_MS
            self._packets.append(await author.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, now_ms))

    async def _member(self, index: int) -> Frames:
        people = [_person(place) for place in range(3)]
        session = Session(people[index], bytes(16), KeyPair("key", POINT), KeyPair("key", POINT), b"")
        keys = [CountedKey(self._crypto, "key", bytes(12)) for _ in people]
        epoch_hash = bytes.fromhex("0011223344556677") + bytes(24)
        live = LiveEpoch(1, epoch_hash, Grant(b"", bytes(32)), people, keys, index, START_MS)
        frames = Frames(self._crypto, session, Drops(), Budgets())
        frames.adopt(live, START_MS)
        return frames


def _person(place: int) -> PeerSession:
    sid = f"{place:032x}"
    return PeerSession(
        sid=sid, sub=f"user{place}", name=f"Person {place}", jkt=b"", is_host=False, sign_public=POINT,
        agree_public=POINT, iat_ms=START_MS, exp_ms=START_MS, credential=b"", credential_hash="", psk_proof=b"",
    )  # fmt: skip
