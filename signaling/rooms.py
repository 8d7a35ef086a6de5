"""What a room may be: rules over its genesis, its maker and its name, as plain functions of `now_ms`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from auth.names import visible
from auth.tokens import Claims
from signaling.limits import Limits
from signaling.refusals import ROOM_GENESIS, ROOM_NAME, Problem
from widget.errors import CwError
from widget.wire.genesis import Genesis, read_genesis, room_id_input
from widget.wire.names import clean_name
from widget.wire.room import MAX_NAME_CHARS, RoomRecord

MAX_RAW_NAME_CHARS = 1000
NO_ROOM = "0" * 32  # is asked for in place of what is no id, so that all is as it is with a room that is missing


@dataclass(frozen=True)
class Room:
    """A room as signaling keeps it. `org` is the origin whose list it is on, `place` what it is bound to, or ""."""

    room_id: str
    name: str
    host_name: str
    org: str
    genesis_bytes: bytes
    genesis: Genesis
    place: str = ""

    def record(self, members: int) -> RoomRecord:
        return RoomRecord(
            room_id=self.room_id,
            name=self.name,
            host_sub=self.genesis.host_sub,
            host_name=self.host_name,
            created_ms=self.genesis.created_ms,
            members=members,
            capacity=self.genesis.capacity,
            public=not self.genesis.private,
            genesis=self.genesis_bytes.hex(),
        )

    def admits(self, org: str) -> bool:
        """Whether people of this origin may enter, as the room's maker decided."""
        return org in self.genesis.orgs


def room_id(genesis_bytes: bytes) -> str:
    """SHA-256("cw1/room" 00 G)[0:16] in hex: whoever knows the id knows the policy."""
    return hashlib.sha256(room_id_input(genesis_bytes)).digest()[:16].hex()


def make_room(
    genesis_bytes: bytes, name: str, host: Claims, now_ms: int, limits: Limits, place: str = ""
) -> Room:
    """The room that `host` asks for; Problem when the genesis is not theirs, not of our time or asks for too much.

    An older one is a room that its host brings back after the store has lost it: it ends when it would have ended.
    """
    try:
        genesis = read_genesis(genesis_bytes)
    except CwError as error:
        raise Problem(ROOM_GENESIS) from error
    if genesis.host_sub != host.sub or genesis.host_jkt != host.jkt or host.org not in genesis.orgs:
        raise Problem(ROOM_GENESIS)
    age_ms = now_ms - genesis.created_ms
    if age_ms >= limits.room_life_s * 1000 or age_ms < -limits.room_ahead_s * 1000:
        raise Problem(ROOM_GENESIS)
    if not 2 <= genesis.capacity <= limits.room_capacity or (place != "" and genesis.private):
        raise Problem(ROOM_GENESIS)
    # A private room's name is an encrypted message among its members.
    shown = "" if genesis.private else given_name(name) if place == "" else title(name)
    return Room(room_id(genesis_bytes), shown, host.name, host.org, genesis_bytes, genesis, place)


def known_room(genesis_bytes: bytes, name: str, host_name: str, org: str, place: str = "") -> Room:
    """A room that was accepted before."""
    return Room(room_id(genesis_bytes), name, host_name, org, genesis_bytes, read_genesis(genesis_bytes), place)


def given_name(name: str) -> str:
    """What somebody calls a room, at most MAX_NAME_CHARS; else Problem. May come out empty."""
    if len(name) > MAX_RAW_NAME_CHARS:
        raise Problem(ROOM_NAME)
    text = visible(name)
    if len(text) > MAX_NAME_CHARS:
        raise Problem(ROOM_NAME)
    return text


def title(name: str) -> str:
    """The same of a page, which nobody chose for a room: as much as fits."""
    return clean_name(visible(name[:MAX_RAW_NAME_CHARS])[:MAX_NAME_CHARS])


def cursor_of(room: Room) -> str:
    """Where a room stands in its list, newest first: inverted time, then id; unique, so pages never skip or repeat."""
    return f"{2**53 - room.genesis.created_ms:014x}{room.room_id}"


def is_cursor(text: str) -> bool:
    return len(text) == 46 and all(character in "0123456789abcdef" for character in text)


def is_room_id(text: str) -> bool:
    return len(text) == 32 and all(character in "0123456789abcdef" for character in text)
