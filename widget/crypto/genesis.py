"""Rooms' certificates of birth, the ids that follow from them, and how people write rooms and invites down.

`Genesis`, `write_genesis` and `read_genesis` are in `widget/wire/genesis.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from widget.crypto.device import DeviceKey
from widget.crypto.reasons import GENESIS_MISMATCH
from widget.errors import MALFORMED, CwError
from widget.ports import Crypto
from widget.wire.base16 import from_hex
from widget.wire.base32 import from_base32, to_base32
from widget.wire.codec import Writer
from widget.wire.genesis import (
    APPROVAL,
    HISTORY,
    PREVIEW,
    PRIVATE,
    RELAY,
    Genesis,
    read_genesis,
    room_id_input,
    write_genesis,
)

PSK_BYTES = 16
ADDRESS = re.compile(r"(?:.*#cw=)?([\da-f]{32}|[a-z2-7]{26})((?:\.[a-z2-7]{26})?)", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class RoomAddress:
    """Where to go: room id as 32 hex digits, and the invite secret (16 bytes; b"" for a public room)."""

    room_id: str
    psk: bytes = field(default=b"", repr=False)


def new_genesis(
    crypto: Crypto,
    device: DeviceKey,
    sub: str,
    org: str,
    private: bool,
    approval: bool,
    history: bool,
    relay: bool,
    capacity: int,
    now_ms: int,
    preview: bool = False,
) -> Genesis:
    """A new room of which this device and person are the host. Only `org` may enter."""
    return Genesis(
        host_sub=sub,
        host_jkt=device.jkt,
        nonce=crypto.digest.random(16),
        created_ms=now_ms,
        flags=PRIVATE * int(private) + APPROVAL * int(approval) + HISTORY * int(history) + RELAY * int(relay)
        + PREVIEW * int(preview),
        capacity=capacity,
        min_version=1,
        orgs=[org],
    )


def new_psk(crypto: Crypto, generation: int = 1) -> bytes:
    """A fresh invite secret: generation u16 | random14. Who has an invite knows by it which one it is."""
    return Writer().u16(generation).raw(crypto.digest.random(PSK_BYTES - 2)).done()


def generation_of(psk: bytes) -> int:
    return psk[0] * 256 + psk[1]


async def room_id(crypto: Crypto, genesis: Genesis) -> str:
    """SHA-256("cw1/room" 00 G)[0:16] as 32 hex digits."""
    return (await crypto.digest.sha256(room_id_input(write_genesis(genesis))))[:16].hex()


async def open_genesis(crypto: Crypto, data: bytes, expected_room_id: str) -> Genesis:
    """The genesis in `data`; CwError when it is not the one that `expected_room_id` names."""
    genesis = read_genesis(data)
    if await room_id(crypto, genesis) != expected_room_id:
        raise CwError(GENESIS_MISMATCH, "the room is not the one its id names")
    return genesis


def show_room(room_id: str) -> str:
    """The 26 base32 characters people see."""
    return to_base32(from_hex(room_id))


def show_invite(address: RoomAddress) -> str:
    """`<room>.<psk>`, or just the room when there is no secret."""
    room = show_room(address.room_id)
    return room if len(address.psk) == 0 else room + "." + to_base32(address.psk)


def parse_address(text: str) -> RoomAddress:
    """From 26 base32 characters, 32 hex digits, `<room>.<psk>` or a URL with `#cw=` before these; CwError otherwise."""
    found = ADDRESS.fullmatch(text.strip().lower())
    if found is None:
        raise CwError(MALFORMED, "not a room or invite")
    room = found[1]
    return RoomAddress(room if len(room) == 32 else from_base32(room).hex(), from_base32(found[2].replace(".", "")))
