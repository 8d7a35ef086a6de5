"""Opening frames and checking the events in them, with everything but the mathematics: the crypto port answers at once
and hashes nothing."""

from __future__ import annotations

from widget.crypto.budgets import Budgets
from widget.crypto.drops import Drops
from widget.crypto.event import body_hash, check_event, event_id, sign_event
from widget.crypto.frames import Frames
from widget.crypto.invites import Invites
from widget.crypto.keys import CountedKey
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.session import PeerSession, Session
from widget.ports import Crypto, KeyPair
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.wire.event import SIGNATURE_BYTES, Event
from widget.wire.frame import TAG_BYTES, TYPE_NEWS
from widget.wire.pair import Grant

PACKETS = 256
EACH_MS = 100  # what the budget of one neighbour allows
START_MS = 1_795_000_000_000
POINT = bytes([4]) + bytes(64)


class StillDigest:
    """Takes the end of the data for its hash: a text's last words, and an event's hash of its body."""

    def random(self, count: int) -> bytes:
        return bytes(count)

    async def sha256(self, data: bytes) -> bytes:
        return data[-32:]

    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        return [await self.sha256(part) for part in parts]

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

    async def verify_all(self, signed: list[tuple[bytes, bytes, bytes]]) -> list[bool]:
        return [await self.verify(public, signature, data) for public, signature, data in signed]


class StillAgreement:
    async def generate(self) -> KeyPair:
        return KeyPair("key", POINT)

    async def derive(self, key: KeyPair, public: bytes) -> bytes:
        return bytes(32)


class Kernel:
    """One time is one frame opened and its event checked and named; after 256 of them a new member begins again."""

    def __init__(self) -> None:
        self._crypto: Crypto = Crypto(StillDigest(), StillAead(), StillSignatures(), StillAgreement())
        self._people: list[PeerSession] = [_person(place) for place in range(3)]
        self._packets: list[bytes] = []
        self._invites: Invites = Invites(self._crypto, bytes(16), [])

    async def run(self, times: int) -> str:
        if len(self._packets) == 0:
            await self._seal()
        frames = self._member(0)
        author = self._people[1]
        total = 0
        last = ""
        for number in range(times):
            place = number % PACKETS
            if place == 0:
                frames = self._member(0)
            opened = await frames.open(self._packets[place], author.sid, START_MS + place * EACH_MS)
            if opened is not None:
                for event in opened.events:
                    name = await event_id(self._crypto, event)
                    await check_event(self._crypto, event, author)
                    total += event.kind + event.at_ms % 1000 + event.seq
                    last = f"{opened.sid} {name}"
        return f"{total} {last}"

    async def _seal(self) -> None:
        author = self._member(1)
        prev = "00" * 16
        for number in range(PACKETS):
            body = write_text(TextBody(f"message {number} of many, and a little more", [], []))
            unsigned = Event(
                room_id=bytes(16),
                author=self._people[1].sid,
                seq=number + 1,
                prev=prev,
                kid="00112233445566770000000000000000",
                clock=number + 1,
                at_ms=START_MS + number * EACH_MS,
                kind=TEXT,
                body_hash=await body_hash(self._crypto, body),
                body=body,
            )
            event = await sign_event(self._crypto, self._session(1), unsigned)
            prev = await event_id(self._crypto, event)
            self._packets.append(await author.seal(TYPE_NEWS, [event]))

    def _session(self, index: int) -> Session:
        return Session(self._people[index], bytes(16), KeyPair("key", POINT), KeyPair("key", POINT), self._invites)

    def _member(self, index: int) -> Frames:
        keys = [CountedKey(self._crypto, "key", bytes(12)) for _ in self._people]
        epoch_hash = bytes.fromhex("0011223344556677") + bytes(24)
        live = LiveEpoch(1, epoch_hash, Grant(b"", bytes(32)), self._people, keys, index, START_MS)
        frames = Frames(self._session(index), Drops(), Budgets())
        frames.adopt(live, START_MS)
        return frames


def _person(place: int) -> PeerSession:
    sid = f"{place:032x}"
    return PeerSession(
        sid=sid, sub=f"user{place}", name=f"Person {place}", jkt=b"", is_host=False, sign_public=POINT,
        agree_public=POINT, iat_ms=START_MS, exp_ms=START_MS, credential=b"", credential_hash="", psk_proof=b"",
    )  # fmt: skip
