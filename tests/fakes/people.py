"""People who have signed in, their sessions in a room, and pairs that shook hands: all real, only the link faked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tests.fakes.crypto import watched_crypto
from tests.fakes.decided import Decided
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.realm import ORIGIN, Realm
from widget.crypto.credentials import Credentials
from widget.crypto.device import DeviceKey, open_device
from widget.crypto.genesis import new_genesis
from widget.crypto.group import Group
from widget.crypto.handshake import NO_FINGERPRINTS, TRANSPORT_RELAY, Handshake
from widget.crypto.pair_channel import PairChannel
from widget.crypto.service_key import parse_service_key
from widget.crypto.session import PeerSession, Session, new_session_keys, open_session
from widget.crypto.trust import Identity, Trust, open_trust
from widget.ports import Crypto
from widget.wire.genesis import Genesis


@dataclass
class Person:
    """Somebody with a device and an identity."""

    realm: Realm
    crypto: Crypto
    trust: Trust
    device: DeviceKey
    jwt: str
    identity: Identity


@dataclass
class Seat:
    """A person's session in a room."""

    person: Person
    session: Session
    credentials: Credentials
    group: Group
    decided: Decided

    @property
    def sid(self) -> str:
        return self.session.sid


def sub_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


async def trust_of(realm: Realm, crypto: Crypto) -> Trust:
    return await open_trust(crypto, parse_service_key(realm.service_key), realm.cw_keys(), realm.now_ms)


async def sign_in(realm: Realm, name: str, crypto: Crypto | None = None, org: str = ORIGIN) -> Person:
    crypto = watched_crypto() if crypto is None else crypto
    device = await open_device(crypto, MemoryStorage(), realm.now_ms)
    trust = await trust_of(realm, crypto)
    jwt = realm.identity(device.public, sub_of(name), name, org)
    return Person(realm, crypto, trust, device, jwt, await trust.check_identity(jwt, realm.now_ms))


def make_room(host: Person, private: bool = False, relay: bool = True, capacity: int = 16) -> Genesis:
    now_ms = host.realm.now_ms
    return new_genesis(
        host.crypto, host.device, host.identity.sub, host.identity.org, private, False, False, relay, capacity, now_ms
    )


async def sit(person: Person, genesis: Genesis, psk: bytes = b"", now_ms: int | None = None) -> Seat:
    now_ms = person.realm.now_ms if now_ms is None else now_ms
    secrets = [psk] if len(psk) > 0 else []
    keys = await new_session_keys(person.crypto, person.device)
    who, jwt = person.identity, person.jwt
    session = await open_session(person.crypto, person.device, jwt, who, genesis, secrets, now_ms, keys)
    credentials = Credentials(person.crypto, session, person.trust, genesis)
    decided = Decided()
    return Seat(person, session, credentials, Group(person.crypto, session, credentials, decided, now_ms), decided)


def handshake(
    seat: Seat,
    peer_sid: str,
    transport: int = TRANSPORT_RELAY,
    fingerprints: tuple[bytes, bytes] = NO_FINGERPRINTS,
    attempt: int = 1,
    said: bytes = b"",
) -> Handshake:
    person = seat.person
    return Handshake(person.crypto, seat.session, seat.credentials, peer_sid, transport, fingerprints, attempt, said)


@dataclass
class Pair:
    """Two finished handshakes; `one` belongs to the first seat."""

    one: Handshake
    other: Handshake

    def channels(self) -> tuple[PairChannel, PairChannel]:
        assert self.one.channel is not None
        assert self.other.channel is not None
        return self.one.channel, self.other.channel

    def peers(self) -> tuple[PeerSession, PeerSession]:
        """(what the first learnt of the second, the other way round)"""
        assert self.one.peer is not None
        assert self.other.peer is not None
        return self.one.peer, self.other.peer


async def shake(one: Handshake, other: Handshake, now_ms: int) -> Pair:
    """Carry both HELLOs and BINDs across; whatever is refused is raised."""
    to_other = [one.hello()]
    to_one = [other.hello()]
    while len(to_other) + len(to_one) > 0:
        if len(to_other) > 0:
            to_one += await other.receive(to_other.pop(0), now_ms)
        if len(to_one) > 0:
            to_other += await one.receive(to_one.pop(0), now_ms)
    return Pair(one, other)


async def link(one: Seat, other: Seat, now_ms: int | None = None) -> Pair:
    """A relayed link between two seats."""
    now_ms = one.person.realm.now_ms if now_ms is None else now_ms
    return await shake(handshake(one, other.sid), handshake(other, one.sid), now_ms)
