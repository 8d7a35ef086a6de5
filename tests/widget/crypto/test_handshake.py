"""Two people over a faked link, and everything that must not end in an open channel: attacks H01 to H23."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.people import Person, Seat, handshake, link, make_room, shake, sign_in, sit
from tests.fakes.realm import NOW_MS, ORIGIN, Realm
from widget.crypto.credentials import Credentials
from widget.crypto.handshake import TRANSPORT_DIRECT, TRANSPORT_RELAY, Handshake
from widget.crypto.limits import CLOCK_SKEW_MS, HANDSHAKE_TIMEOUT_MS, SESSION_LIFE_MS
from widget.crypto.reasons import (
    BAD_POINT,
    BAD_PUBLIC_KEY,
    BIND_FIRST,
    BIND_MAC,
    BIND_ROLE,
    BIND_SIGNATURE,
    DATA_BEFORE_BIND,
    HANDSHAKE_OVER,
    HELLO_NONCE,
    HELLO_REFLECTED,
    HELLO_REPEATED,
    HELLO_STRANGER,
    HELLO_VERSION,
    ORIGIN_FOREIGN,
    PSK_GENERATION,
    PSK_PROOF,
    SC_DEVICE,
    SC_IDENTITY_HASH,
    SC_ROOM,
    SC_SIGNATURE,
    SC_TIME,
    SID_REUSED,
)
from widget.crypto.session import Session
from widget.errors import CwError, OrderError
from widget.wire.codec import MALFORMED
from widget.wire.credential import Credential, credential_signed, read_credential, write_credential
from widget.wire.handshake import read_bind, read_hello, write_bind, write_hello
from widget.wire.packet import TAG_FRAME, TAG_PAIR

PSK = b"\x01" * 16
ADA_FP = b"\xaa" * 32
BEN_FP = b"\xbb" * 32
EVIL_FP = b"\xee" * 32


@pytest.fixture
async def seats(ada: Person, ben: Person) -> tuple[Seat, Seat]:
    genesis = make_room(ada)
    return await sit(ada, genesis), await sit(ben, genesis)


async def refusal(waiting: Handshake, packet: bytes, now_ms: int = NOW_MS) -> int:
    """The reason, after checking that nothing is open and nothing opens any more."""
    with pytest.raises(CwError) as caught:
        await waiting.receive(packet, now_ms)
    assert not waiting.done()
    assert waiting.channel is None
    assert waiting.peer is None
    with pytest.raises(CwError) as over:
        await waiting.receive(packet, now_ms)
    assert over.value.reason == HANDSHAKE_OVER
    return caught.value.reason


async def exchange_hellos(one: Handshake, other: Handshake) -> tuple[bytes, bytes]:
    """(BIND of one, BIND of other)"""
    bind_other = (await other.receive(one.hello(), NOW_MS))[0]
    bind_one = (await one.receive(other.hello(), NOW_MS))[0]
    return bind_one, bind_other


async def resigned(person: Person, sc: Credential) -> bytes:
    """A changed credential, honestly signed by the device."""
    signature = await person.device.sign_labelled(credential_signed(sc))
    return write_credential(replace(sc, signature=signature))


def with_credential(seat: Seat, credential: bytes, psk_proof: bytes = b"") -> bytes:
    """A HELLO of that seat which shows another credential."""
    hello = read_hello(handshake(seat, seat.sid).hello())
    return write_hello(replace(hello, credential=credential, psk_proof=psk_proof))


def my_credential(seat: Seat) -> Credential:
    return read_credential(seat.session.me.credential)


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


async def test_a_private_room_opens_with_the_invite(ada: Person, ben: Person) -> None:
    genesis = make_room(ada, private=True)
    pair = await link(await sit(ada, genesis, PSK), await sit(ben, genesis, PSK))
    assert pair.one.done()
    assert pair.other.done()


async def test_a_private_room_needs_an_invite(ada: Person, ben: Person) -> None:
    genesis = make_room(ada, private=True)
    with pytest.raises(OrderError) as caught:
        await sit(ben, genesis)
    assert caught.value.code == "invite.missing"


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


async def test_h08_a_hello_of_another_room_is_refused(seats: tuple[Seat, Seat], ben: Person) -> None:
    ada, _ = seats
    elsewhere = await sit(ben, make_room(ben))
    assert await refusal(handshake(ada, elsewhere.sid), handshake(elsewhere, ada.sid).hello()) == SC_ROOM


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
    assert await refusal(one, write_bind(replace(bind, role=1 - bind.role))) == BIND_ROLE


async def test_h11_a_relay_that_claims_to_be_direct_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    zeros = (bytes(32), bytes(32))
    one = handshake(ada, ben.sid, TRANSPORT_DIRECT, zeros)
    other = handshake(ben, ada.sid, TRANSPORT_RELAY)
    bind_one, bind_other = await exchange_hellos(one, other)
    assert await refusal(one, bind_other) == BIND_SIGNATURE
    assert await refusal(other, bind_one) == BIND_SIGNATURE


@pytest.mark.parametrize(
    ("offset_ms", "good"),
    [
        (SESSION_LIFE_MS + CLOCK_SKEW_MS - 1, True),
        (SESSION_LIFE_MS + CLOCK_SKEW_MS, False),
        (-CLOCK_SKEW_MS, True),
        (-CLOCK_SKEW_MS - 1, False),
    ],
)
async def test_h12_an_expired_or_future_session_is_refused(
    seats: tuple[Seat, Seat], offset_ms: int, good: bool
) -> None:
    ada, ben = seats
    waiting, hello = handshake(ada, ben.sid), handshake(ben, ada.sid).hello()
    if good:
        assert len(await waiting.receive(hello, NOW_MS + offset_ms)) == 1
    else:
        assert await refusal(waiting, hello, NOW_MS + offset_ms) == SC_TIME


async def test_h12_a_session_longer_than_12_hours_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    sc = my_credential(ben)
    for exp_ms in (sc.iat_ms + SESSION_LIFE_MS + 1, sc.iat_ms):
        data = await resigned(ben.person, replace(sc, exp_ms=exp_ms))
        assert await refusal(handshake(ada, ben.sid), with_credential(ben, data)) == SC_TIME


async def test_a_session_begun_after_its_identity_ended_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    late_ms = NOW_MS + 3_600_000 + CLOCK_SKEW_MS
    sc = replace(my_credential(ben), iat_ms=late_ms, exp_ms=late_ms + 1000)
    data = await resigned(ben.person, sc)
    with pytest.raises(CwError):
        await ada.credentials.check(data, b"", late_ms)


async def test_a_newcomer_can_verify_a_session_whose_identity_has_ended(ada: Person, ben: Person) -> None:
    genesis = make_room(ada)
    long_in = await sit(ada, genesis)
    later_ms = NOW_MS + 3 * 3_600_000
    ben.realm.now_ms = later_ms
    newcomer = await sit(await sign_in(ben.realm, "Ben"), genesis)
    assert (await link(long_in, newcomer, later_ms)).one.done()


async def test_h13_a_stolen_identity_without_its_device_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    thief = await sign_in(ada.person.realm, "Eve")
    sc = my_credential(ben)
    signature_only = await resigned(thief, sc)
    assert await refusal(handshake(ada, ben.sid), with_credential(ben, signature_only)) == SC_SIGNATURE
    own_device = await resigned(thief, replace(sc, device=thief.device.public))
    assert await refusal(handshake(ada, ben.sid), with_credential(ben, own_device)) == SC_DEVICE


async def test_a_swapped_identity_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    sc = replace(my_credential(ben), identity=ada.person.jwt.encode())
    assert await refusal(handshake(ada, ben.sid), with_credential(ben, write_credential(sc))) == SC_IDENTITY_HASH


async def test_k08_an_identity_of_another_origin_is_refused(ada: Person) -> None:
    genesis = make_room(ada)
    here = await sit(ada, genesis)
    foreign = await sign_in(ada.realm, "Eve", org="https://evil.test")
    with pytest.raises(CwError) as caught:
        await sit(foreign, genesis)
    assert caught.value.reason == ORIGIN_FOREIGN
    open_to_both = replace(genesis, orgs=[ORIGIN, "https://evil.test"])
    there = await sit(foreign, open_to_both)
    data = await resigned(foreign, replace(my_credential(there), room_id=here.session.room_id))
    assert await refusal(handshake(here, there.sid), with_credential(there, data)) == ORIGIN_FOREIGN


async def test_h14_a_session_id_that_is_taken_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    await link(ada, ben)
    eve = await sign_in(ada.person.realm, "Eve")
    there = await sit(eve, make_room(ada.person))
    sc = replace(my_credential(there), room_id=ada.session.room_id, sid=bytes.fromhex(ben.sid))
    data = await resigned(eve, sc)
    assert await refusal(handshake(ada, ben.sid), with_credential(there, data)) == SID_REUSED


async def test_h14_my_own_session_id_is_taken_too(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    sc = replace(my_credential(ben), sid=bytes.fromhex(ada.sid))
    data = await resigned(ben.person, sc)
    assert await refusal(handshake(ada, ben.sid), with_credential(ben, data)) == SID_REUSED


async def test_h15_a_hello_seen_before_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    hello = handshake(ben, ada.sid).hello()
    await handshake(ada, ben.sid).receive(hello, NOW_MS)
    assert await refusal(handshake(ada, ben.sid), hello) == HELLO_NONCE


async def test_h16_a_hello_without_a_version_the_room_allows_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    hello = read_hello(handshake(ben, ada.sid).hello())
    future = write_hello(replace(hello, versions=[2, 3]))
    assert await refusal(handshake(ada, ben.sid), future) == HELLO_VERSION


async def test_h16_a_room_of_version_2_takes_no_version_1(ada: Person, ben: Person) -> None:
    genesis = replace(make_room(ada), min_version=2)
    one, other = await sit(ada, genesis), await sit(ben, genesis)
    assert await refusal(handshake(one, other.sid), handshake(other, one.sid).hello()) == HELLO_VERSION


async def test_h16_a_version_list_changed_on_the_way_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    hello = read_hello(other.hello())
    await one.receive(write_hello(replace(hello, versions=[1, 2])), NOW_MS)
    bind_other = (await other.receive(one.hello(), NOW_MS))[0]
    assert await refusal(one, bind_other) == BIND_SIGNATURE


async def test_h17_a_wrong_invite_secret_is_refused(ada: Person, ben: Person) -> None:
    genesis = make_room(ada, private=True)
    one, other = await sit(ada, genesis, PSK), await sit(ben, genesis, b"\x02" * 16)
    assert await refusal(handshake(one, other.sid), handshake(other, one.sid).hello()) == PSK_PROOF


async def test_h17_a_missing_or_needless_invite_proof_is_refused(ada: Person, ben: Person) -> None:
    genesis = make_room(ada, private=True)
    one, other = await sit(ada, genesis, PSK), await sit(ben, genesis, PSK)
    bare = with_credential(other, other.session.me.credential, b"")
    assert await refusal(handshake(one, other.sid), bare) == PSK_PROOF
    public = make_room(ada)
    here, there = await sit(ada, public), await sit(ben, public)
    extra = with_credential(there, there.session.me.credential, bytes(32))
    assert await refusal(handshake(here, there.sid), extra) == PSK_PROOF


async def test_h17_a_copied_credential_without_the_secret_dies_at_the_latest_at_bind(ada: Person, ben: Person) -> None:
    """The server may replay a whole HELLO, proof included, but has neither SK nor the secret."""
    genesis = make_room(ada, private=True)
    one, other = await sit(ada, genesis, PSK), await sit(ben, genesis, PSK)
    waiting = handshake(one, other.sid)
    await waiting.receive(handshake(other, one.sid).hello(), NOW_MS)
    assert waiting.channel is None
    bind_of_another_link = (await handshake(other, one.sid).receive(waiting.hello(), NOW_MS))[0]
    assert await refusal(waiting, bind_of_another_link) == BIND_SIGNATURE


async def test_h18_an_old_invite_generation_is_refused(ada: Person, ben: Person) -> None:
    genesis = make_room(ada, private=True)
    one, other = await sit(ada, genesis, PSK), await sit(ben, genesis, PSK)
    rotated: Session = replace(one.session, psk_gen=2)
    door = Credentials(ada.crypto, rotated, ada.trust, genesis)
    waiting = Handshake(ada.crypto, rotated, door, other.sid, TRANSPORT_RELAY, (b"", b""))
    assert await refusal(waiting, handshake(other, one.sid).hello()) == PSK_GENERATION


async def test_h19_a_point_off_the_curve_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    sc = my_credential(ben)
    off_curve = sc.agreement[:-1] + bytes([sc.agreement[-1] ^ 1])
    data = await resigned(ben.person, replace(sc, agreement=off_curve))
    assert await refusal(handshake(ada, ben.sid), with_credential(ben, data)) == BAD_POINT


async def test_h19_a_signing_key_off_the_curve_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    sc = my_credential(ben)
    data = await resigned(ben.person, replace(sc, signing=sc.signing[:-1] + bytes([sc.signing[-1] ^ 1])))
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    await one.receive(with_credential(ben, data), NOW_MS)
    bind_other = (await other.receive(one.hello(), NOW_MS))[0]
    assert await refusal(one, bind_other) == BIND_SIGNATURE


@pytest.mark.parametrize("name", ["device", "signing", "agreement"])
@pytest.mark.parametrize("first", [2, 3, 6])
async def test_h20_a_key_that_does_not_start_with_04_is_refused(
    seats: tuple[Seat, Seat], name: str, first: int
) -> None:
    ada, ben = seats
    sc = my_credential(ben)
    point = bytes([first]) + getattr(sc, name)[1:]
    data = await resigned(ben.person, replace(sc, **{name: point}))
    assert await refusal(handshake(ada, ben.sid), with_credential(ben, data)) == BAD_PUBLIC_KEY


async def test_h20_a_compressed_point_does_not_fit_the_layout(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    data = ben.session.me.credential
    start = 33 + 65
    compressed = data[:start] + b"\x02" + data[start + 1 : start + 33] + data[start + 65 :]
    assert await refusal(handshake(ada, ben.sid), with_credential(ben, compressed)) == MALFORMED


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
    assert await refusal(one, write_bind(replace(read_bind(bind), signature=bytes(64)))) == BIND_SIGNATURE


async def test_a_good_signature_with_a_wrong_mac_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    one, other = handshake(ada, ben.sid), handshake(ben, ada.sid)
    _, bind = await exchange_hellos(one, other)
    assert await refusal(one, write_bind(replace(read_bind(bind), mac=bytes(16)))) == BIND_MAC


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


async def test_a_printed_session_shows_no_keys(seats: tuple[Seat, Seat]) -> None:
    text = repr(seats[0].session)
    assert "psk=" not in text
    assert "signing=" not in text
    assert "agreement=" not in text
