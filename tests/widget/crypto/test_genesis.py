"""Room ids certify themselves; addresses and invites as people write them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from tests.fakes.people import Person, make_room
from tests.fakes.realm import ORIGIN
from widget.crypto.genesis import RoomAddress, new_psk, open_genesis, parse_address, room_id, show_invite, show_room
from widget.crypto.reasons import GENESIS_MISMATCH
from widget.errors import CwError
from widget.native.crypto import native_crypto
from widget.wire.genesis import HISTORY, PRIVATE, RELAY, write_genesis

CRYPTO = native_crypto()
ROOM = bytes(range(16)).hex()
PSK = b"\xff" * 16


async def test_the_room_id_is_the_hash_of_the_genesis(ada: Person) -> None:
    genesis = make_room(ada)
    data = write_genesis(genesis)
    expected = hashlib.sha256(b"cw1/room\x00" + data).digest()[:16].hex()
    assert await room_id(CRYPTO, genesis) == expected
    assert await open_genesis(CRYPTO, data, expected) == genesis
    assert (genesis.host_jkt, genesis.orgs) == (ada.device.jkt, [ORIGIN])


async def test_a_server_cannot_change_the_policy_under_the_same_id(ada: Person) -> None:
    genesis = make_room(ada, private=True)
    name = await room_id(CRYPTO, genesis)
    for changed in (
        replace(genesis, flags=genesis.flags - PRIVATE),
        replace(genesis, host_sub="00" * 16),
        replace(genesis, host_jkt=bytes(32)),
        replace(genesis, capacity=50),
        replace(genesis, orgs=[*genesis.orgs, "https://evil.test"]),
        replace(genesis, flags=genesis.flags - RELAY),
        replace(genesis, flags=genesis.flags + HISTORY),
        replace(genesis, min_version=2),
    ):
        with pytest.raises(CwError) as caught:
            await open_genesis(CRYPTO, write_genesis(changed), name)
        assert caught.value.reason == GENESIS_MISMATCH


def test_people_see_26_characters() -> None:
    assert show_room(ROOM) == "aaaqeayeaudaocajbifqydiob4"
    assert len(show_invite(RoomAddress(ROOM, PSK))) == 53


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (ROOM, RoomAddress(ROOM)),
        ("aaaqeayeaudaocajbifqydiob4", RoomAddress(ROOM)),
        ("  AAAQEAYEAUDAOCAJBIFQYDIOB4\n", RoomAddress(ROOM)),
        (show_invite(RoomAddress(ROOM, PSK)), RoomAddress(ROOM, PSK)),
        ("https://site.test/chat?x=1#cw=" + show_invite(RoomAddress(ROOM, PSK)), RoomAddress(ROOM, PSK)),
    ],
)
def test_every_way_to_write_a_room_is_understood(text: str, address: RoomAddress) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "general", "aaaqeayeaudaocajbifqydiob", "aaaqeayeaudaocajbifqydiob5", ROOM + "00", ROOM + ".", "a.b.c"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(CwError):
        parse_address(text)


def test_a_printed_address_shows_no_secret() -> None:
    assert "psk" not in repr(RoomAddress(ROOM, PSK))


def test_an_invite_to_a_public_room_is_the_room() -> None:
    assert show_invite(RoomAddress(ROOM)) == show_room(ROOM)


def test_an_invite_secret_has_16_bytes_and_is_never_the_same() -> None:
    secrets = {new_psk(CRYPTO) for _ in range(3)}
    assert [len(secret) for secret in secrets] == [16, 16, 16]
