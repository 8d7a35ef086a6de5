"""Everybody and everything in the vectors, the same every time: keys, chances and signatures follow from names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.realm import NOW_MS, ORIGIN, Realm, b64url
from widget.crypto.device import DeviceKey, open_device
from widget.crypto.genesis import room_id
from widget.crypto.service_key import parse_service_key
from widget.crypto.session import Session, new_session_keys, open_session
from widget.crypto.trust import Trust, open_trust
from widget.native.crypto import CURVE, native_crypto, public_bytes
from widget.ports import Crypto, KeyPair
from widget.wire.genesis import HISTORY, PRIVATE, RELAY, Genesis, write_genesis

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SIGNED = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
OLD = bytes.fromhex("0001") + b"invite secret."  # of the first generation
NEW = bytes.fromhex("0002") + b"the newer one."
SEATS = ("ada", "ben", "cleo", "dan")
SECRETS = {
    "ada in private": [NEW, OLD],
    "ben in private": [NEW],
    "cleo in private": [OLD],
    "dan in private": [NEW, OLD],
}


def key_of(name: str) -> ec.EllipticCurvePrivateKey:
    digest = hashlib.sha512(name.encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") % (ORDER - 1) + 1, CURVE)


def pair_of(name: str) -> KeyPair:
    private = key_of(name)
    return KeyPair(private, public_bytes(private))


def bytes_from(name: str, count: int) -> bytes:
    return hashlib.shake_128(name.encode()).digest(count)


def secret_of(pair: KeyPair) -> bytes:
    assert isinstance(pair.private, ec.EllipticCurvePrivateKey)
    return pair.private.private_numbers().private_value.to_bytes(32, "big")


def sign(private: object, data: bytes) -> bytes:
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    r, s = decode_dss_signature(private.sign(data, SIGNED))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def twin(signature: bytes) -> bytes:
    """The second signature that holds: r and n - s. Anybody can make it."""
    s = ORDER - int.from_bytes(signature[32:], "big")
    return signature[:32] + s.to_bytes(32, "big")


def jws(private: ec.EllipticCurvePrivateKey, header: dict[str, Any], claims: dict[str, Any]) -> str:
    text = ".".join(b64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    return f"{text}.{b64url(sign(private, text.encode()))}"


class Named:
    """A `Crypto` of somebody's, where nothing is left to chance."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0
        self._native = native_crypto()

    def crypto(self) -> Crypto:
        return Crypto(self, self._native.aead, self, _Agreement(self))

    def random(self, count: int) -> bytes:
        return bytes_from(self._next(), count)

    async def sha256(self, data: bytes) -> bytes:
        return await self._native.digest.sha256(data)

    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        return [await self.sha256(part) for part in parts]

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        return await self._native.digest.hmac_sha256(key, data)

    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return await self._native.digest.hkdf_sha256(ikm, salt, info, length)

    async def generate(self) -> KeyPair:
        return pair_of(self._next())

    async def sign(self, key: KeyPair, data: bytes) -> bytes:
        return sign(key.private, data)

    async def verify(self, public: bytes, signature: bytes, data: bytes) -> bool:
        return await self._native.signatures.verify(public, signature, data)

    async def verify_all(self, signed: list[tuple[bytes, bytes, bytes]]) -> list[bool]:
        return [await self.verify(public, signature, data) for public, signature, data in signed]

    async def derive(self, key: KeyPair, public: bytes) -> bytes:
        return await self._native.agreement.derive(key, public)

    def _next(self) -> str:
        self._count += 1
        return f"{self._name} {self._count}"


class _Agreement:
    def __init__(self, named: Named) -> None:
        self.generate = named.generate
        self.derive = named.derive


@dataclass
class Sitting:
    """A session in a room, and the device that it is of."""

    name: str
    room: str
    crypto: Crypto
    device: DeviceKey
    jwt: str
    session: Session

    @property
    def sid(self) -> str:
        return self.session.sid


class People:
    """Ada is the host of two rooms, one of them private; Ben, Cleo and Dan come one after the other."""

    def __init__(self) -> None:
        self.realm = Realm()
        self.realm.root, self.realm.signing, self.realm.sealing = (key_of(name) for name in ("root", "sign", "seal"))
        self.now_ms = NOW_MS
        self.rooms: dict[str, Genesis] = {}
        self.ids: dict[str, str] = {}
        self.seats: dict[str, Sitting] = {}
        self.devices: dict[str, DeviceKey] = {}
        self.trust: Trust

    @property
    def keys(self) -> str:
        return jws(self.realm.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, self.realm.keys_payload())

    def identity_claims(self, name: str) -> dict[str, Any]:
        return self.realm.identity_claims(
            self.devices[name].public, bytes_from(f"{name}'s sub", 16).hex(), name.title()
        )

    def identity(self, who: str, typ: str = "cwid+jwt", **changes: Any) -> str:
        return jws(self.realm.signing, self.realm.header(typ), {**self.identity_claims(who), **changes})

    def fields(self) -> dict[str, Any]:
        """What the judge has of them."""
        rooms = {
            name: {"id": self.ids[name], "genesis": write_genesis(genesis).hex()}
            for name, genesis in self.rooms.items()
        }
        seats = {name: _seat_fields(seat) for name, seat in self.seats.items()}
        service = {"now": self.now_ms, "service_key": self.realm.service_key, "keys": self.keys}
        return {**service, "rooms": rooms, "seats": seats}


def _seat_fields(seat: Sitting) -> dict[str, Any]:
    me = seat.session.me
    known = [secret.hex() for secret in seat.session.invites.secrets]
    secrets = {"signing": secret_of(seat.session.signing).hex(), "agreement": secret_of(seat.session.agreement).hex()}
    return {
        "room": seat.room,
        "credential": me.credential.hex(),
        "proof": me.psk_proof.hex(),
        **secrets,
        "secrets": known,
    }


async def everybody() -> People:
    people = People()
    pinned = parse_service_key(people.realm.service_key)
    people.trust = await open_trust(native_crypto(), pinned, people.keys, NOW_MS)
    for name in SEATS:
        people.devices[name] = await open_device(Named(f"{name}'s device").crypto(), MemoryStorage(), NOW_MS)
    for name, flags in (("public", HISTORY + RELAY), ("private", PRIVATE + RELAY)):
        genesis = _genesis(people, name, flags)
        people.rooms[name] = genesis
        people.ids[name] = await room_id(native_crypto(), genesis)
    for number, name in enumerate((*SEATS, *SECRETS)):
        room = "private" if name.endswith("in private") else "public"
        people.seats[name] = await _sit(people, name, room, NOW_MS + 10 * number)
    return people


def _genesis(people: People, name: str, flags: int) -> Genesis:
    host = people.devices["ada"]
    sub = people.identity_claims("ada")["sub"]
    return Genesis(sub, host.jkt, bytes_from(f"nonce of {name}", 16), NOW_MS - 1000, flags, 16, 1, [ORIGIN])


async def _sit(people: People, name: str, room: str, now_ms: int) -> Sitting:
    person = name.split()[0]
    crypto, device, jwt = Named(name).crypto(), people.devices[person], people.identity(person)
    identity = await people.trust.check_identity(jwt, now_ms)
    keys = await new_session_keys(crypto, device)
    known = SECRETS.get(name, [])
    session = await open_session(crypto, device, jwt, identity, people.rooms[room], known, now_ms, keys)
    return Sitting(name, room, crypto, device, jwt, session)
