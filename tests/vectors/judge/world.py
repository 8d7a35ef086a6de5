"""The people and rooms of the vectors, from their file. Same subset of Python as widget/."""

from __future__ import annotations

from typing import Any, Protocol

from widget.crypto.credentials import Credentials
from widget.crypto.decisions import NO_BOOK
from widget.crypto.genesis import open_genesis
from widget.crypto.invites import Invites
from widget.crypto.service_key import parse_service_key
from widget.crypto.session import PeerSession, Session, peer_session
from widget.crypto.trust import Trust, open_trust
from widget.errors import MALFORMED, CwError
from widget.ports import Crypto, KeyPair
from widget.wire.base16 import from_hex
from widget.wire.codec import utf8
from widget.wire.credential import read_credential
from widget.wire.fields import int_field, list_field, text_field
from widget.wire.genesis import Genesis

MAX_TEXT = 100_000
MAX_TIME = 2**52


class Keys(Protocol):
    """Our ports take no private key from outside, but a vector has one."""

    async def agreement(self, private: bytes, public: bytes) -> KeyPair: ...

    async def signing(self, private: bytes, public: bytes) -> KeyPair: ...


class Undecided:
    """Nothing is decided, but what a vector names."""

    def __init__(self, out: list[str]) -> None:
        self.hash: bytes = NO_BOOK
        self._out: list[str] = out

    def holds(self, book_hash: bytes) -> bool:
        return book_hash == NO_BOOK

    def lets_in(self, peer: PeerSession) -> bool:
        return peer.sub not in self._out


class Devices:
    """Those that need not know the newest invite."""

    def __init__(self, names: list[str]) -> None:
        self._names: list[str] = names

    def has(self, device: bytes) -> bool:
        return device.hex() in self._names


class World:
    """`fields` is tests/vectors/own/world.json."""

    def __init__(self, crypto: Crypto, keys: Keys, fields: dict[str, Any]) -> None:
        self.crypto: Crypto = crypto
        self.now_ms: int = int_field(fields, "now", 0, MAX_TIME)
        self._keys: Keys = keys
        self._fields: dict[str, Any] = fields

    async def trust(self) -> Trust:
        pinned = parse_service_key(text_of(self._fields, "service_key"))
        return await open_trust(self.crypto, pinned, text_of(self._fields, "keys"), self.now_ms)

    async def genesis(self, room: str) -> Genesis:
        fields = member(member(self._fields, "rooms"), room)
        return await open_genesis(self.crypto, bytes_of(fields, "genesis"), text_of(fields, "id"))

    def id_of(self, room: str) -> bytes:
        return bytes_of(member(member(self._fields, "rooms"), room), "id")

    async def credentials(self, session: Session, room: str) -> Credentials:
        return Credentials(self.crypto, session, await self.trust(), await self.genesis(room))

    def room_of(self, seat: str) -> str:
        return text_of(self._seat(seat), "room")

    async def peer(self, seat: str) -> PeerSession:
        """Without any check."""
        fields = self._seat(seat)
        data = bytes_of(fields, "credential")
        sc = read_credential(data)
        identity = await (await self.trust()).check_identity(utf8(sc.identity), sc.iat_ms)
        genesis = await self.genesis(text_of(fields, "room"))
        return await peer_session(self.crypto, sc, data, bytes_of(fields, "proof"), identity, genesis)

    async def session(self, seat: str) -> Session:
        fields = self._seat(seat)
        me = await self.peer(seat)
        sc = read_credential(me.credential)
        signing = await self._keys.signing(bytes_of(fields, "signing"), sc.signing)
        agreement = await self._keys.agreement(bytes_of(fields, "agreement"), sc.agreement)
        invites = Invites(self.crypto, sc.room_id, [from_hex(secret) for secret in texts_of(fields, "secrets")])
        await invites.speak_for(me.credential)
        return Session(me, sc.room_id, signing, agreement, invites)

    async def pair(self, case: dict[str, Any], name: str) -> KeyPair:
        """An agreement key that the vector names."""
        fields = member(case, name)
        return await self._keys.agreement(bytes_of(fields, "private"), bytes_of(fields, "public"))

    def _seat(self, name: str) -> dict[str, Any]:
        return member(member(self._fields, "seats"), name)


def member(fields: dict[str, Any], name: str) -> dict[str, Any]:
    value = fields.get(name)
    if not isinstance(value, dict):
        raise CwError(MALFORMED, "a vector lacks a member")
    return value


def text_of(fields: dict[str, Any], name: str) -> str:
    return text_field(fields, name, MAX_TEXT)


def bytes_of(fields: dict[str, Any], name: str) -> bytes:
    return from_hex(text_of(fields, name))


def time_of(fields: dict[str, Any], name: str) -> int:
    return int_field(fields, name, 0, MAX_TIME)


def texts_of(fields: dict[str, Any], name: str) -> list[str]:
    found: list[str] = []
    for item in list_field(fields, name, 1000):
        if not isinstance(item, str):
            raise CwError(MALFORMED, "a vector's list is not of texts")
        found.append(item)
    return found
