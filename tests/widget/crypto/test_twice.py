"""Two epochs of one number, or after the same one, by one session: the proof of it puts that session out for good."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.fakes.greetings import second_credential
from tests.fakes.groups import forge, issue, kid_of, number_of, refused, room_of
from tests.fakes.net import Net
from tests.fakes.people import Seat, sign_in, sit
from widget.crypto.issued import Issued
from widget.crypto.liars import show
from widget.crypto.limits import MAX_PROOFS, MAX_STATEMENTS, STATE_WAIT_MS
from widget.crypto.reasons import CREDENTIAL_UNASKED, EPOCH_EXPELLED, EPOCH_TIE_LOST, EPOCH_TWICE, PROOF_FALSE
from widget.wire.epoch import read_signed_epoch, stated
from widget.wire.pair import TWICE, WHOLE, Grant, Twice, read_blob, write_shown, write_state, write_twice

HASH_AT, SIGNATURE_AT = 36, 68
ONE, OTHER = b"\x01" * 32, b"\x02" * 32


def statement(blob: bytes) -> bytes:
    """What the issuer of the epoch in a GRANT signed."""
    grant = read_blob(blob)
    assert isinstance(grant, Grant)
    _, body, signature = read_signed_epoch(grant.epoch)
    return stated(body, hashlib.sha256(body).digest()) + signature


def told(n: int) -> bytes:
    """Of that number, and not signed."""
    return n.to_bytes(4, "big") + n.to_bytes(32, "big") + bytes(96)


def bent(said: bytes, place: int) -> bytes:
    return said[:place] + bytes([said[place] ^ 1]) + said[place + 1 :]


async def give(net: Net, by: Seat, to: Seat, blob: bytes) -> None:
    """And what follows from it."""
    await net.carry(to, await to.group.receive(by.sid, blob, net.now_ms))


async def two_faced(net: Net, seats: list[Seat], by: Seat, step: int, **changes: Any) -> tuple[bytes, bytes]:
    """Of one number, or the second `step` numbers above."""
    n = number_of(net) + 1
    return await forge(by, seats, n, ONE, **changes), await forge(by, seats, n + step, OTHER, **changes)


@pytest.mark.parametrize(("step", "prev"), [(0, {}), (1, {"prev": "ab" * 32}), (0, {"prev": "ab" * 32})])
async def test_who_tells_two_halves_two_epochs_is_out_and_the_others_have_one_key(
    step: int, prev: dict[str, Any]
) -> None:
    net, seats = await room_of(5)
    ada, ben, cleo, dan, eve = seats
    one, other = await two_faced(net, seats, ada, step, **prev)
    for seat, blob in ((ben, one), (cleo, one), (dan, other), (eve, other)):
        await give(net, ada, seat, blob)
    await net.pass_time(8_000)
    others = seats[1:]
    assert all(seat.group.is_expelled(ada.sid) for seat in others)
    assert len({seat.group.kid for seat in others}) == 1
    assert ben.group.roster == sorted(seat.sid for seat in others)
    assert net.liars == {ada.sid}
    assert ada.group.roster != ben.group.roster


async def test_the_proof_is_told_to_all_and_is_small() -> None:
    net, seats = await room_of(4)
    ada, ben, cleo, _dan = seats
    one, other = await two_faced(net, seats, ada, 0)
    await give(net, ada, ben, one)
    step = await ben.group.receive(ada.sid, other, net.now_ms)
    assert ben.group.drops[EPOCH_TWICE] == 1
    assert [liar.sid for liar in step.liars] == [ada.sid]
    proofs = [blob for blob in step.blobs if blob.blob[0] == TWICE]
    assert {blob.to_sid for blob in proofs} == {seat.sid for seat in seats[2:]}
    assert {len(blob.blob) for blob in proofs} == {1 + 16 + 2 * 132}
    third = await refused(net, ben, cleo, await forge(ada, seats, number_of(net), b"\x03" * 32))
    assert third in ([EPOCH_EXPELLED], [EPOCH_TIE_LOST])  # and proved once


async def test_it_is_proved_also_where_it_was_not_her_turn() -> None:
    net, seats = await room_of(3)
    ada, ben, cleo = seats
    await net.carry(ada, await issue(ada, net.now_ms))
    for blob in await two_faced(net, seats, cleo, 0):
        await give(net, cleo, ben, blob)
    assert ben.group.is_expelled(cleo.sid)


async def test_another_number_after_another_epoch_is_no_lie() -> None:
    net, seats = await room_of(3)
    ada, ben, cleo = seats
    one, other = await two_faced(net, seats, ada, 1)
    await give(net, ada, ben, one)
    await give(net, ada, cleo, other)
    await net.pass_time(8_000)
    assert net.liars == set()
    assert net.agreed()


async def test_the_same_epoch_again_is_no_lie() -> None:
    net, seats = await room_of(2)
    ada, ben = seats
    one = await forge(ada, seats, number_of(net) + 1)
    again = await forge(ada, seats, number_of(net) + 1)
    assert (kid_of(one), one != again) == (kid_of(again), True)
    await give(net, ada, ben, one)
    await give(net, ada, ben, again)
    assert net.liars == set()


async def test_what_proves_nothing_is_refused() -> None:
    net, seats = await room_of(3)
    ada, ben, cleo = seats
    one, other = [statement(blob) for blob in await two_faced(net, seats, ada, 0)]
    later = statement(await forge(ada, seats, number_of(net) + 2))
    for pair in (
        (one, one),
        (one, later),
        (one, bent(one, HASH_AT)),
        (bent(one, HASH_AT), one),
        (one, bent(other, SIGNATURE_AT)),
        (one, one[:HASH_AT] + later[HASH_AT:]),
    ):
        assert await refused(net, ben, cleo, write_twice(Twice(ada.sid, *pair))) == [PROOF_FALSE]
    assert await refused(net, ben, cleo, write_twice(Twice(cleo.sid, one, other))) == [PROOF_FALSE]
    assert await refused(net, ben, cleo, write_twice(Twice("ab" * 16, one, other))) == []
    assert not ben.group.is_expelled(ada.sid)
    proof = write_twice(Twice(ada.sid, one, other))
    step = await ben.group.receive(cleo.sid, proof, net.now_ms)
    assert ben.group.is_expelled(ada.sid)
    assert len(step.liars) == 1
    step = await ben.group.receive(cleo.sid, proof, net.now_ms)
    assert [blob for blob in step.blobs if blob.blob[0] == TWICE] == []


async def test_who_comes_later_is_told_why_an_epoch_with_the_liar_is_refused() -> None:
    net, seats = await room_of(3)
    ada, ben, cleo = seats
    for blob in await two_faced(net, seats, cleo, 0):
        await give(net, cleo, ben, blob)
    del net.seats[cleo.sid]  # whose links to the others are cut by these
    await net.pass_time(8_000)
    dan = await sit(await sign_in(ada.person.realm, "Dan"), ada.credentials._genesis, now_ms=net.now_ms)
    await dan.group.admit(cleo.session.me, net.now_ms)
    await net.join(dan, [ada, ben])
    await net.pass_time(2_000)
    assert not dan.group.is_expelled(cleo.sid)
    members = sorted([ada, ben, cleo, dan], key=lambda seat: seat.sid)
    assert await refused(net, ben, dan, await forge(dan, members, number_of(net) + 99)) == [EPOCH_EXPELLED]
    await net.pass_time(40_000)
    assert dan.group.is_expelled(cleo.sid)
    assert net.agreed()


async def test_who_shows_two_credentials_is_out_and_the_others_have_one_key() -> None:
    """One to these and one to those: neither takes an epoch of the other's."""
    net, (ada, ben, cleo) = await room_of(3)
    eve = await sit(await sign_in(ada.person.realm, "Eve"), ada.credentials._genesis, now_ms=net.now_ms)
    again = await second_credential(eve)
    await net.join(eve, [ada, cleo])
    await net.connect(again, ben)
    await net.pass_time(20_000)
    assert all(seat.group.is_expelled(eve.sid) for seat in (ada, ben, cleo))
    assert net.liars == {eve.sid}
    del net.seats[eve.sid]
    await net.pass_time(20_000)
    assert net.agreed()


@pytest.mark.parametrize("met", [0, 1])
async def test_who_comes_later_is_shown_both_credentials(met: int) -> None:
    net, (ada, ben, cleo) = await room_of(3)
    both = [cleo, await second_credential(cleo)]
    await give(net, ben, ada, show(both[1].session.me))
    assert ada.group.is_expelled(cleo.sid)
    dan = await sit(await sign_in(ada.person.realm, "Dan"), ada.credentials._genesis, now_ms=net.now_ms)
    net.seats[dan.sid], net.epochs[dan.sid] = dan, []
    await net.connect(dan, ada)
    await dan.group.admit(both[met].session.me, net.now_ms)
    told = await ada.group.receive(dan.sid, await forge(dan, [ada, dan, both[met]], number_of(net) + 9), net.now_ms)
    await net.carry(ada, told)
    assert dan.group.is_expelled(cleo.sid)


async def test_the_credential_that_one_knows_proves_nothing() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    assert await refused(net, ben, cleo, show(ada.session.me)) == [CREDENTIAL_UNASKED]
    broken = bytearray((await second_credential(ada)).session.me.credential)
    broken[200] ^= 1
    await refused(net, ben, cleo, write_shown(bytes(broken), b""))
    assert not ben.group.is_expelled(ada.sid)


async def test_who_is_behind_asks_for_what_others_hold() -> None:
    """Who makes epochs may give one to these and the next to those."""
    net, seats = await room_of(3)
    ada, ben, cleo = seats
    await give(net, ada, ben, await forge(ada, seats, number_of(net) + 1))
    kid, n = ben.group.kid, number_of(net)
    await cleo.group.receive(ben.sid, write_state(n, kid, 3), net.now_ms)
    assert cleo.group.wake_at_ms(net.now_ms) <= net.now_ms + STATE_WAIT_MS
    step = await cleo.group.tick(net.now_ms + STATE_WAIT_MS)
    assert [(blob.to_sid, blob.blob[0]) for blob in step.blobs if blob.blob[0] == WHOLE] == [(ben.sid, WHOLE)]
    await net.carry(cleo, step)
    assert cleo.group.kid == kid
    step = await cleo.group.tick(net.now_ms + 2 * STATE_WAIT_MS)
    assert [blob for blob in step.blobs if blob.blob[0] == WHOLE] == []


async def test_who_takes_an_epoch_tells_some_of_it_at_once() -> None:
    net, seats = await room_of(3)
    ada, ben, cleo = seats
    step = await ben.group.receive(ada.sid, await forge(ada, seats, number_of(net) + 1), net.now_ms)
    assert {(blob.to_sid, blob.blob) for blob in step.blobs} == {(cleo.sid, ben.group.state())}


def test_what_is_remembered_is_bounded() -> None:
    issued = Issued()
    for n in range(MAX_STATEMENTS):
        assert issued.note("aa" * 16, told(n)) is None
        issued.keep(f"{n:032x}", [told(n)])
    assert len(issued._known) == MAX_STATEMENTS
    assert len(issued.proofs) == MAX_PROOFS
