"""Rooms' certificates of birth, the ids that follow from them, and how people write rooms and invites down.

`Genesis`, `write_genesis` and `read_genesis` are in `widget/wire/genesis.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.device import DeviceKey
from widget.ports import Crypto
from widget.wire.genesis import Genesis


@dataclass(frozen=True)
class RoomAddress:
    """Where to go: room id as 32 hex digits, and the invite secret (16 bytes; b"" for a public room)."""

    room_id: str
    psk: bytes = field(default=b"", repr=False)


def new_genesis(
    crypto: Crypto, device: DeviceKey, sub: str, org: str, private: bool, relay: bool, capacity: int, now_ms: int
) -> Genesis:
    """A new room of which this device and person are the host. Only `org` may enter."""
    raise NotImplementedError


def new_psk(crypto: Crypto) -> bytes:
    """A fresh invite secret, 16 bytes."""
    raise NotImplementedError


async def room_id(crypto: Crypto, genesis: Genesis) -> str:
    """SHA-256("cw1/room" 00 G)[0:16] as 32 hex digits."""
    raise NotImplementedError


async def open_genesis(crypto: Crypto, data: bytes, expected_room_id: str) -> Genesis:
    """The genesis in `data`; CwError when it is not the one that `expected_room_id` names."""
    raise NotImplementedError


def show_room(room_id: str) -> str:
    """The 26 base32 characters people see."""
    raise NotImplementedError


def show_invite(address: RoomAddress) -> str:
    """`<room>.<psk>`, or just the room when there is no secret."""
    raise NotImplementedError


def parse_address(text: str) -> RoomAddress:
    """From 26 base32 characters, 32 hex digits, `<room>.<psk>` or a URL with `#cw=` before these; CwError otherwise."""
    raise NotImplementedError
