"""Two people over a faked link, and links that somebody meddles with: attacks H01 to H11, H16 and H21 to H23."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from tests.fakes.greetings import (
    ADA_FP,
    BEN_FP,
    EVIL_FP,
    exchange_hellos,
    my_credential,
    refusal,
    resigned,
    with_credential,
)
from tests.fakes.people import Person, Seat, handshake, link, make_room, shake, sign_in, sit
from tests.fakes.realm import NOW_MS, Realm
from tests.fakes.wire import wire
from widget.crypto.handshake import TRANSPORT_DIRECT, TRANSPORT_RELAY
from widget.crypto.limits import HANDSHAKE_TIMEOUT_MS
from widget.crypto.reasons import (
    BIND_ATTEMPT,
    BIND_FIRST,
    BIND_MAC,
    BIND_ROLE,
    BIND_SIGNATURE,
    DATA_BEFORE_BIND,
    HANDSHAKE_OVER,
    HELLO_REFLECTED,
    HELLO_REPEATED,
    HELLO_STRANGER,
    HELLO_VERSION,
)
from widget.errors import MALFORMED, CwError
from widget.wire.handshake import read_bind, read_hello
from widget.wire.packet import TAG_FRAME, TAG_PAIR


async def test_both_learn_who_the_other_is_and_can_talk(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    pair = await link(ada, ben)
    of_ben, of_ada = pair.peers()
    assert (of_ben.name, of_ada.name) == ("Ben", "Ada")
    assert (of_ben.is_host, of_ada.is_host) == (False, True)
    one, other = pair.channels()
    assert await other.open(await one.seal(b"hello")) == b"hello"
    assert await one.open(await other.seal(b"hi")) == b"hi"


async def test_a_direct_link_is_bound_to_both_fingerprints(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one = handshake(ada, ben.sid, TRANSPORT_DIRECT, (ADA_FP, BEN_FP))
    other = handshake(ben, ada.sid, TRANSPORT_DIRECT, (BEN_FP, ADA_FP))
    assert (await shake(one, other, NOW_MS)).one.done()


async def test_the_same_people_can_link_twice(seats: tuple[Seat, Seat]) -> None:
    first = await link(*seats)
    second = await link(*seats)
    packet = await first.channels()[0].seal(b"over the first link")
    with pytest.raises(CwError):
        await second.channels()[1].open(packet)
    assert await first.channels()[1].open(packet) == b"over the first link"


async def test_hello_stays_the_same_for_a_link_and_differs_between_links(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, two = handshake(ada, ben.sid), handshake(ada, ben.sid)
    assert one.hello() == one.hello()
    assert one.hello() != two.hello()
    assert len(one.hello()) < 1500


@pytest.mark.parametrize(
    ("ada_sees", "ben_sees"),
    [((ADA_FP, EVIL_FP), (BEN_FP, ADA_FP)), ((ADA_FP, EVIL_FP), (BEN_FP, EVIL_FP))],
    ids=["one side", "both sides"],
)
async def test_h01_a_replaced_fingerprint_is_refused(
    seats: tuple[Seat, Seat], ada_sees: tuple[bytes, bytes], ben_sees: tuple[bytes, bytes]
) -> None:
    ada, ben = seats
    one = handshake(ada, ben.sid, TRANSPORT_DIRECT, ada_sees)
    other = handshake(ben, ada.sid, TRANSPORT_DIRECT, ben_sees)
    bind_one, bind_other = await exchange_hellos(one, other)
    assert await refusal(one, bind_other) == BIND_SIGNATURE
    assert await refusal(other, bind_one) == BIND_SIGNATURE


async def test_h07_my_own_hello_reflected_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one = handshake(ada, ben.sid)
    assert await refusal(one, one.hello()) == HELLO_REFLECTED
    another = handshake(ada, ben.sid)
    assert await refusal(another, handshake(ada, ben.sid).hello()) == HELLO_REFLECTED


async def test_h07_my_own_bind_reflected_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    bind_one, _ = await exchange_hellos(one, other)
    assert await refusal(one, bind_one) == BIND_ROLE


async def test_h09_a_bind_of_an_earlier_handshake_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    _, old_bind = await exchange_hellos(handshake(ada, ben.sid), handshake(ben, ada.sid))
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    await exchange_hellos(one, other)
    assert await refusal(one, old_bind) == BIND_SIGNATURE


async def test_h10_swapped_roles_are_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    _, bind_other = await exchange_hellos(one, other)
    bind = read_bind(bind_other)
    assert await refusal(one, wire(replace(bind, role=1 - bind.role))) == BIND_ROLE


async def test_h11_a_relay_that_claims_to_be_direct_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    zeros = (bytes(32), bytes(32))
    one = handshake(ada, ben.sid, TRANSPORT_DIRECT, zeros)
    other = handshake(ben, ada.sid, TRANSPORT_RELAY)
    bind_one, bind_other = await exchange_hellos(one, other)
    assert await refusal(one, bind_other) == BIND_SIGNATURE
    assert await refusal(other, bind_one) == BIND_SIGNATURE


async def test_h15_a_hello_of_an_earlier_attempt_opens_nothing_again(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    old = handshake(ben, ada.sid)
    _, old_bind = await exchange_hellos(handshake(ada, ben.sid), old)
    waiting = handshake(ada, ben.sid, attempt=2)
    await waiting.receive(old.hello(), NOW_MS)
    assert await refusal(waiting, old_bind) == BIND_ATTEMPT
    waiting = handshake(ada, ben.sid, attempt=2)
    await waiting.receive(old.hello(), NOW_MS)
    forged = replace(read_bind(old_bind), answered=2)
    assert await refusal(waiting, wire(forged)) == BIND_SIGNATURE


async def test_a_newer_hello_takes_the_place_of_the_earlier_one(seats: tuple[Seat, Seat]) -> None:
    """The peer began anew: what counts is its new attempt, and mine stays as it was said."""
    ada, ben = seats
    waiting, again = handshake(ada, ben.sid), handshake(ben, ada.sid, attempt=2)
    first_bind = (await waiting.receive(handshake(ben, ada.sid).hello(), NOW_MS))[0]
    bind = (await waiting.receive(again.hello(), NOW_MS))[0]
    their_bind = (await again.receive(waiting.hello(), NOW_MS))[0]
    assert read_bind(first_bind).answered == 1
    await again.receive(bind, NOW_MS)
    await waiting.receive(their_bind, NOW_MS)
    assert waiting.done()
    assert again.done()


@pytest.mark.parametrize("attempt", [1, 2])
async def test_an_attempt_is_answered_once(seats: tuple[Seat, Seat], attempt: int) -> None:
    """Else one attempt of mine and one of the peer could make two channels under the same keys."""
    ada, ben = seats
    waiting = handshake(ada, ben.sid)
    await waiting.receive(handshake(ben, ada.sid, attempt=2).hello(), NOW_MS)
    assert await refusal(waiting, handshake(ben, ada.sid, attempt=attempt).hello()) == HELLO_REPEATED


@pytest.mark.parametrize("numbers", [{"attempt": 2}, {"answered": 2}])
async def test_a_bind_between_other_attempts_is_refused(seats: tuple[Seat, Seat], numbers: dict[str, int]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    _, bind_other = await exchange_hellos(one, other)
    assert await refusal(one, wire(replace(read_bind(bind_other), **cast(Any, numbers)))) == BIND_ATTEMPT


async def test_h16_a_hello_without_a_version_the_room_allows_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    hello = read_hello(handshake(ben, ada.sid).hello())
    future = wire(replace(hello, versions=[2, 3]))
    assert await refusal(handshake(ada, ben.sid), future) == HELLO_VERSION


async def test_h16_a_room_of_version_2_takes_no_version_1(ada: Person, ben: Person) -> None:
    genesis = replace(make_room(ada), min_version=2)
    one, other = await sit(ada, genesis), await sit(ben, genesis)
    assert await refusal(handshake(one, other.sid), handshake(other, one.sid).hello()) == HELLO_VERSION


async def test_h16_a_version_list_changed_on_the_way_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    hello = read_hello(other.hello())
    await one.receive(wire(replace(hello, versions=[1, 2])), NOW_MS)
    bind_other = (await other.receive(one.hello(), NOW_MS))[0]
    assert await refusal(one, bind_other) == BIND_SIGNATURE


@pytest.mark.parametrize("length", [0, 63, 65])
async def test_h21_a_signature_that_is_not_64_bytes_is_refused(seats: tuple[Seat, Seat], length: int) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    _, bind = await exchange_hellos(one, other)
    signature = (bind[3:67] + b"\x00")[:length]
    assert await refusal(one, bind[:3] + signature + bind[67:]) == MALFORMED


async def test_h21_a_signature_of_zeros_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    _, bind = await exchange_hellos(one, other)
    assert await refusal(one, wire(replace(read_bind(bind), signature=bytes(64)))) == BIND_SIGNATURE


async def test_a_good_signature_with_a_wrong_mac_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    _, bind = await exchange_hellos(one, other)
    assert await refusal(one, wire(replace(read_bind(bind), mac=bytes(16)))) == BIND_MAC


async def test_what_is_said_with_bind_is_heard_and_signed(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid, said=b"first word"), handshake(ben, ada.sid)
    bind_one = (await one.receive(other.hello(), NOW_MS))[0]
    await other.receive(one.hello(), NOW_MS)
    assert other.heard == b""
    assert await refusal(other, wire(replace(read_bind(bind_one), said=b"other word"))) == BIND_SIGNATURE
    again = handshake(ben, ada.sid)
    fresh = handshake(ada, ben.sid, said=b"first word")
    bind = (await fresh.receive(again.hello(), NOW_MS))[0]
    await again.receive(fresh.hello(), NOW_MS)
    await again.receive(bind, NOW_MS)
    assert again.heard == b"first word"


@pytest.mark.parametrize("tag", [TAG_FRAME, TAG_PAIR, 0x00, 0x7B])
async def test_h22_data_before_bind_is_refused(seats: tuple[Seat, Seat], tag: int) -> None:
    ada, ben = seats
    assert await refusal(handshake(ada, ben.sid), bytes([tag]) + bytes(200)) == DATA_BEFORE_BIND
    after_hello = handshake(ada, ben.sid)
    await after_hello.receive(handshake(ben, ada.sid).hello(), NOW_MS)
    assert await refusal(after_hello, bytes([tag]) + bytes(200)) == DATA_BEFORE_BIND


async def test_h22_an_empty_packet_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    assert await refusal(handshake(ada, ben.sid), b"") == DATA_BEFORE_BIND


async def test_bind_before_hello_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    _, bind = await exchange_hellos(handshake(ada, ben.sid), handshake(ben, ada.sid))
    assert await refusal(handshake(ada, ben.sid), bind) == BIND_FIRST


async def test_h23_without_bind_nothing_opens(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    await exchange_hellos(one, other)
    assert not one.done()
    assert one.channel is None
    assert one.peer is None
    assert HANDSHAKE_TIMEOUT_MS == 8_000


async def test_a_second_hello_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one = handshake(ada, ben.sid)
    await one.receive(handshake(ben, ada.sid).hello(), NOW_MS)
    assert await refusal(one, handshake(ben, ada.sid).hello()) == HELLO_REPEATED


async def test_a_session_that_signaling_did_not_name_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    assert await refusal(handshake(ada, "00" * 16), handshake(ben, ada.sid).hello()) == HELLO_STRANGER


async def test_an_open_handshake_takes_nothing_more(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    bind_one, bind_other = await exchange_hellos(one, other)
    await one.receive(bind_other, NOW_MS)
    await other.receive(bind_one, NOW_MS)
    assert await refusal(one, bind_other) == HANDSHAKE_OVER


async def test_a_mitm_with_own_sessions_on_both_sides_is_seen_as_itself(seats: tuple[Seat, Seat]) -> None:
    """Whoever sits between can only be a third, visible person."""
    ada, ben = seats
    realm: Realm = ada.person.realm
    eve = await sit(await sign_in(realm, "Eve"), make_room(ada.person))
    data = await resigned(eve.person, replace(my_credential(eve), room_id=ada.session.room_id))
    assert await refusal(handshake(ada, ben.sid), with_credential(eve, data)) == HELLO_STRANGER
