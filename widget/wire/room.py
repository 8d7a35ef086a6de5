"""A room's record as signaling lists and stores it, in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from widget.wire.fields import bool_field, hex_field, int_field, text_field

MAX_NAME_CHARS = 60


@dataclass(frozen=True)
class RoomRecord:
    """`room_id` is 32 hex digits (shown to people as 26 base32 characters), `genesis` hex of the bytes it hashes."""

    room_id: str
    name: str
    host_sub: str
    host_name: str
    created_ms: int
    members: int
    capacity: int
    public: bool
    genesis: str


def write_room(room: RoomRecord) -> dict[str, Any]:
    return {
        "id": room.room_id,
        "name": room.name,
        "hostSub": room.host_sub,
        "hostName": room.host_name,
        "created": room.created_ms,
        "members": room.members,
        "capacity": room.capacity,
        "public": room.public,
        "genesis": room.genesis,
    }


def read_room(data: dict[str, Any]) -> RoomRecord:
    return RoomRecord(
        room_id=hex_field(data, "id", 16),
        name=text_field(data, "name", MAX_NAME_CHARS),
        host_sub=text_field(data, "hostSub", 64),
        host_name=text_field(data, "hostName", 40),
        created_ms=int_field(data, "created", 0, 2**52),
        members=int_field(data, "members", 0, 10000),
        capacity=int_field(data, "capacity", 1, 10000),
        public=bool_field(data, "public"),
        genesis=text_field(data, "genesis", 1024),
    )
