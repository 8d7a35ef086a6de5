"""Session credentials that admit nobody: attacks H08 and H12 to H20, K08."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from tests.fakes.greetings import (
    PSK,
    my_credential,
    refusal,
    renamed,
    resigned,
    second_credential,
    with_credential,
)
from tests.fakes.people import Person, Seat, handshake, link, make_room, sign_in, sit, trust_of
from tests.fakes.realm import NOW_MS, ORIGIN
from widget.crypto.limits import CLOCK_SKEW_MS, SESSION_LIFE_MS
from widget.crypto.reasons import (
    BAD_POINT,
    BAD_PUBLIC_KEY,
    BIND_SIGNATURE,
    DEVICE_ENDED,
    ORIGIN_FOREIGN,
    PSK_PROOF,
    SC_DEVICE,
    SC_IDENTITY_HASH,
    SC_ROOM,
    SC_SID,
    SC_SIGNATURE,
    SC_TIME,
    SID_REUSED,
    TOKEN_KEY,
)
from widget.crypto.session import new_session_keys, session_id
from widget.errors import MALFORMED, CwError, OrderError
from widget.wire.credential import write_credential

NEWER = b"\x01\x02" + bytes(14)  # PSK is of generation 257


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


async def test_h08_a_hello_of_another_room_is_refused(seats: tuple[Seat, Seat], ben: Person) -> None:
    ada, _ = seats
    elsewhere = await sit(ben, make_room(ben))
    assert await refusal(handshake(ada, elsewhere.sid), handshake(elsewhere, ada.sid).hello()) == SC_ROOM


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


async def test_h14_nobody_can_take_the_name_of_a_session(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    eve = await sit(await sign_in(ada.person.realm, "Eve"), seats[0].credentials._genesis)
    for taken in (ben.sid, ada.sid, "00" * 16):
        data = await resigned(eve.person, replace(my_credential(eve), sid=taken))
        assert await refusal(handshake(ada, taken), with_credential(eve, data)) == SC_SID


@pytest.mark.parametrize("key", ["signing", "agreement"])
async def test_h14_no_key_can_be_put_under_the_name_of_others(seats: tuple[Seat, Seat], key: str) -> None:
    ada, ben = seats
    other = (await new_session_keys(ada.person.crypto, ben.person.device)).signing.public
    sc = my_credential(ben)
    changed = replace(sc, signing=other) if key == "signing" else replace(sc, agreement=other)
    data = await resigned(ben.person, changed)
    assert await refusal(handshake(ada, ben.sid), with_credential(ben, data)) == SC_SID


async def test_a_name_is_a_hash_of_three_keys(ada: Person) -> None:
    keys = [bytes([4]) + bytes([number]) * 64 for number in (1, 2, 3)]
    expected = hashlib.sha256(b"cw1/sid\x00" + b"".join(keys)).hexdigest()[:32]
    assert await session_id(ada.crypto, keys[0], keys[1], keys[2]) == expected


async def test_h14_a_second_credential_for_the_same_keys_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    await link(ada, ben)
    again = await second_credential(ben)
    assert await refusal_at_bind(ada, again) == SID_REUSED


async def test_l3_what_only_said_hello_is_not_remembered(seats: tuple[Seat, Seat]) -> None:
    """Or a HELLO that somebody replays, or never finishes, would lock its owner out for ever."""
    ada, ben = seats
    again = await second_credential(ben)
    await handshake(ada, ben.sid).receive(handshake(again, ada.sid).hello(), NOW_MS)
    assert (await link(ada, ben)).one.done()


async def test_l3_a_signature_that_somebody_turned_names_the_same_session(seats: tuple[Seat, Seat]) -> None:
    """(r, n - s) verifies wherever (r, s) does: whoever hands a credential on can make a second one of it."""
    ada, ben = seats
    sc = my_credential(ben)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    turned = sc.signature[:32] + (order - int.from_bytes(sc.signature[32:])).to_bytes(32)
    data = write_credential(replace(sc, signature=turned))
    peer = await ada.credentials.check(data, b"", NOW_MS)
    assert (peer.sid, peer.credential_hash) == (ben.sid, ben.session.me.credential_hash)
    ada.credentials.remember(peer)
    assert (await link(ada, ben)).one.done()


async def refusal_at_bind(seat: Seat, other: Seat) -> int:
    with pytest.raises(CwError) as caught:
        await link(seat, other)
    return caught.value.reason


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


async def test_h18_an_old_invite_admits_nobody_but_devices_that_were_in_before(ada: Person, ben: Person) -> None:
    genesis = make_room(ada, private=True)
    one, other = await sit(ada, genesis, PSK), await sit(ben, genesis, PSK)
    await one.session.invites.add(NEWER)
    assert await refusal(handshake(one, other.sid), handshake(other, one.sid).hello()) == PSK_PROOF
    one.session.invites.knows = lambda device: device == ben.device.jkt
    pair = await link(one, other)
    assert (pair.one.done(), pair.other.done()) == (True, True)


async def test_h18_who_knows_only_the_newest_invite_is_admitted_by_who_knows_both(ada: Person, ben: Person) -> None:
    genesis = make_room(ada, private=True)
    one, other = await sit(ada, genesis, PSK), await sit(ben, genesis, NEWER)
    await one.session.invites.add(NEWER)
    pair = await link(one, other)
    assert (pair.one.done(), pair.other.done()) == (True, True)


async def test_h18_nobody_new_is_admitted_while_the_invite_is_to_be_renewed(ada: Person, ben: Person) -> None:
    genesis = make_room(ada, private=True)
    one, other = await sit(ada, genesis, PSK), await sit(ben, genesis, PSK)
    one.session.invites.is_stale = True
    assert await refusal(handshake(one, other.sid), handshake(other, one.sid).hello()) == PSK_PROOF


async def test_h18_four_invites_are_remembered_the_newest_first(ada: Person) -> None:
    seat = await sit(ada, make_room(ada, private=True), PSK)
    invites = seat.session.invites
    newer = [(0x0101 + number).to_bytes(2, "big") + bytes(14) for number in range(1, 6)]
    for secret in newer:
        await invites.add(secret)
        await invites.add(secret)
    assert invites.secrets == [*reversed(newer[1:])]
    assert len(invites.proofs) == 4 * 32
    assert await invites.common(seat.session.me.credential, invites.proofs[64:]) == newer[2]
    assert await invites.common(seat.session.me.credential, b"") == b""
    rival = newer[4][:2] + bytes([1]) * 14
    await invites.add(rival)
    assert invites.secrets == [rival, *reversed(newer[1:4])]


async def test_h19_a_point_off_the_curve_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    sc = my_credential(ben)
    off_curve = sc.agreement[:-1] + bytes([sc.agreement[-1] ^ 1])
    sc = await renamed(ben.person, replace(sc, agreement=off_curve))
    data = await resigned(ben.person, sc)
    assert await refusal(handshake(ada, sc.sid), with_credential(ben, data)) == BAD_POINT


async def test_h19_a_signing_key_off_the_curve_is_refused(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    sc = my_credential(ben)
    off_curve = sc.signing[:-1] + bytes([sc.signing[-1] ^ 1])
    sc = await renamed(ben.person, replace(sc, signing=off_curve))
    data = await resigned(ben.person, sc)
    ben = replace(ben, session=replace(ben.session, me=replace(ben.session.me, sid=sc.sid)))
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


async def test_a_printed_session_shows_no_keys(seats: tuple[Seat, Seat]) -> None:
    text = repr(seats[0].session)
    assert "psk=" not in text
    assert "signing=" not in text
    assert "agreement=" not in text


async def test_a_key_that_was_withdrawn_meanwhile_admits_nobody(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    realm = ada.person.realm
    realm.revoked.append(realm.sign_kid)
    ada.credentials.use_trust(await trust_of(realm, ada.person.crypto))
    assert await refusal(handshake(ada, ben.sid), handshake(ben, ada.sid).hello()) == TOKEN_KEY


async def test_a_device_that_was_ended_stays_so_under_newer_keys(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    realm = ada.person.realm
    realm.ended = {ben.person.device.jkt: NOW_MS // 1000 + 1}
    assert await ada.credentials.hear_ended(realm.cw_ended(), ORIGIN, NOW_MS)
    ada.credentials.use_trust(await trust_of(realm, ada.person.crypto))
    assert await refusal(handshake(ada, ben.sid), handshake(ben, ada.sid).hello()) == DEVICE_ENDED
