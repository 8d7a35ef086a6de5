"""Epochs among two, three and five: who issues, who takes them, and attacks G01 to G15 as far as they are built."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from tests.fakes.crypto import watched_crypto
from tests.fakes.net import Net
from tests.fakes.people import Seat, make_room, sign_in, sit
from tests.fakes.realm import NOW_MS, Realm
from widget.crypto.limits import (
    EPOCH_LIFE_MS,
    GRANT_BURST,
    HOLD_MS,
    MAX_JUMP,
    OLD_KID_MS,
    REKEY_INTERVAL_MS,
    STATE_INTERVAL_MS,
    TAKEOVER_MS,
    TAKEOVER_STEP_MS,
)
from widget.crypto.reasons import (
    BLOB_STRANGER,
    CREDENTIAL_UNASKED,
    EPOCH_COMMIT,
    EPOCH_FLOOD,
    EPOCH_GHOST,
    EPOCH_ISSUER,
    EPOCH_JUMP,
    EPOCH_OLD,
    EPOCH_RANK,
    EPOCH_ROOM,
    EPOCH_SIGNATURE,
    EPOCH_TIE_LOST,
    EPOCH_WITHOUT_ME,
    FRAME_KID_OLD,
    FRAME_KID_UNKNOWN,
    STATE_JUMP,
)
from widget.wire.codec import MALFORMED
from widget.wire.epoch import (
    REASON_JOIN,
    Epoch,
    RosterEntry,
    commit_input,
    epoch_signed,
    read_signed_epoch,
    write_epoch,
)
from widget.wire.pair import Grant, Shown, State, read_blob, write_blob

NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eve")


def is_steward(seat: Seat) -> bool:
    return seat.group.members()[0].sid == seat.sid


async def seats_for(count: int, apart_ms: int = 10) -> list[Seat]:
    """People of one room, each in a little later than the one before; the first is the host."""
    realm = Realm()
    seen: set[tuple[bytes, bytes]] = set()
    people = [await sign_in(realm, name, watched_crypto(seen)) for name in NAMES[:count]]
    genesis = make_room(people[0])
    return [await sit(person, genesis, now_ms=NOW_MS + index * apart_ms) for index, person in enumerate(people)]


async def room_of(count: int) -> tuple[Net, list[Seat]]:
    """A room at rest, past every pause."""
    seats = await seats_for(count)
    net = Net()
    for seat in seats:
        await net.join(seat)
    await net.pass_time(2 * REKEY_INTERVAL_MS)
    assert net.agreed()
    await net.pass_time(TAKEOVER_MS + 5 * TAKEOVER_STEP_MS)
    return net, seats


async def forge(
    issuer: Seat,
    members: list[Seat],
    n: int,
    secret: bytes = b"\x05" * 32,
    named_issuer: Seat | None = None,
    **changes: object,
) -> bytes:
    """A GRANT signed by `issuer`, honest but for the changes."""
    roster = [RosterEntry(bytes.fromhex(s.sid), bytes.fromhex(s.session.me.credential_hash)) for s in members]
    epoch = Epoch(
        room_id=issuer.session.room_id,
        n=n,
        prev_kid=bytes(8),
        issuer=bytes.fromhex((named_issuer or issuer).sid),
        reason=REASON_JOIN,
        commit=await issuer.person.crypto.digest.sha256(commit_input(secret)),
        roster=sorted(roster, key=lambda entry: entry.sid),
    )
    body = write_epoch(replace(epoch, **changes))  # type: ignore[arg-type]
    signature = await issuer.person.crypto.signatures.sign(issuer.session.signing, epoch_signed(body))
    return write_blob(Grant(body + signature, secret))


def number_of(net: Net) -> int:
    """n of the last grant that went over the net."""
    grant = read_blob(net.grants[-1][2])
    assert isinstance(grant, Grant)
    return read_signed_epoch(grant.epoch)[0].n


async def refused(net: Net, receiver: Seat, sender: Seat, blob: bytes) -> list[int]:
    """Reasons counted while `receiver` took the blob; its epoch must not have changed."""
    before, kid = dict(receiver.group.drops), receiver.group.kid
    step = await receiver.group.receive(sender.sid, blob, net.now_ms)
    assert not step.new_epoch
    assert receiver.group.kid == kid
    return [reason for reason, count in receiver.group.drops.items() if count > before.get(reason, 0)]


async def test_alone_there_is_an_epoch_of_one() -> None:
    (ada,) = await seats_for(1)
    assert not ada.group.ready()
    assert ada.group.room_code() == ""
    net = Net()
    await net.join(ada)
    assert ada.group.ready()
    assert is_steward(ada)
    assert ada.group.roster == [ada.sid]


@pytest.mark.parametrize("count", [2, 3, 5])
async def test_everybody_who_joins_ends_up_in_one_epoch(count: int) -> None:
    net, seats = await room_of(count)
    assert len({seat.group.room_code() for seat in seats}) == 1
    assert [is_steward(seat) for seat in seats] == [True] + [False] * (count - 1)
    for sender in seats:
        packet = await net.text(sender, "hello")
        for receiver in seats:
            if receiver is not sender:
                opened = await net.deliver(packet, sender, receiver)
                assert opened is not None
                assert (opened.sid, opened.name, opened.flags) == (sender.sid, sender.person.identity.name, [])
    assert all(reason in (EPOCH_OLD,) for seat in seats for reason in seat.group.drops)


async def test_the_first_join_is_answered_at_once() -> None:
    ada, ben = await seats_for(2)
    net = Net()
    await net.join(ada)
    await net.join(ben)
    assert net.agreed()


async def test_joins_within_two_seconds_share_one_epoch() -> None:
    seats = await seats_for(4)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    first = seats[0].group.kid
    await net.join(seats[2])
    await net.join(seats[3])
    assert seats[0].group.kid == first
    assert seats[0].group.unreached() == sorted([seats[2].sid, seats[3].sid])
    assert seats[0].group.epoch_due_at_ms() == NOW_MS + REKEY_INTERVAL_MS
    await net.pass_time(REKEY_INTERVAL_MS - 1)
    assert seats[0].group.kid == first
    await net.pass_time(1)
    assert net.agreed()
    assert len(net.epochs[seats[0].sid]) == 3
    assert seats[0].group.unreached() == []


async def test_a_leave_brings_a_new_epoch_that_the_leaver_cannot_read() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    old = cleo.group.kid
    await net.leave(cleo)
    assert net.agreed()
    assert ada.group.kid != old
    packet = await net.text(ada, "after")
    assert await net.deliver(packet, ada, ben) is not None
    assert await net.deliver(packet, ada, cleo) is None


async def test_when_the_steward_leaves_the_next_one_issues_at_once() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    await net.leave(ada)
    assert net.agreed()
    assert is_steward(ben)
    assert cleo.group.roster == sorted([ben.sid, cleo.sid])


async def test_a_host_who_returns_is_let_in_by_the_steward_and_then_takes_over() -> None:
    net, (ada, ben, _) = await room_of(3)
    await net.leave(ada)
    again = await sit(ada.person, ada.credentials._genesis, now_ms=net.now_ms)
    await net.join(again)
    await net.pass_time(REKEY_INTERVAL_MS)
    assert net.agreed()
    issuer = read_issuer(net)
    assert issuer == ben.sid
    assert is_steward(again)
    assert not is_steward(ben)


def read_issuer(net: Net) -> str:
    grant = read_blob(net.grants[-1][2])
    assert isinstance(grant, Grant)
    return read_signed_epoch(grant.epoch)[0].issuer.hex()


async def test_an_epoch_lives_an_hour() -> None:
    net, (ada, _) = await room_of(2)
    kid = ada.group.kid
    await net.pass_time(EPOCH_LIFE_MS)
    assert ada.group.kid != kid
    assert net.agreed()


async def test_equal_numbers_are_decided_by_the_lower_kid() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    n = number_of(net) + 1
    seats = [ada, ben, cleo]
    one, other = await forge(ada, seats, n, b"\x01" * 32), await forge(ada, seats, n, b"\x02" * 32)
    low, high = sorted([one, other], key=kid_of)
    await ben.group.receive(ada.sid, high, net.now_ms)
    await cleo.group.receive(ada.sid, low, net.now_ms)
    assert ben.group.kid != cleo.group.kid
    await ben.group.receive(ada.sid, low, net.now_ms)
    assert await refused(net, cleo, ada, high) == [EPOCH_TIE_LOST]
    assert ben.group.kid == cleo.group.kid == kid_of(low)


def kid_of(blob: bytes) -> str:
    grant = read_blob(blob)
    assert isinstance(grant, Grant)
    return hashlib.sha256(read_signed_epoch(grant.epoch)[1]).digest()[:8].hex()


async def test_two_who_issue_at_the_same_moment_agree_in_the_end() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    of_ada = await ada.group.issue(REASON_JOIN, net.now_ms)
    of_ben = await ben.group.issue(REASON_JOIN, net.now_ms)
    await net.carry(ada, of_ada)
    await net.carry(ben, of_ben)
    await net.pass_time(3 * STATE_INTERVAL_MS)
    assert net.agreed()
    assert cleo.group.kid == ada.group.kid


async def test_a_lost_grant_is_sent_again() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    net.cut = {(ada.sid, cleo.sid)}
    await net.leave(ben)
    assert cleo.group.kid != ada.group.kid
    net.cut = set()
    await net.pass_time(2 * STATE_INTERVAL_MS)
    assert net.agreed()


async def test_a_grant_reaches_through_another_member() -> None:
    net, (ada, ben, cleo, dan) = await room_of(4)
    net.cut = {(ada.sid, cleo.sid), (cleo.sid, ada.sid)}
    await net.leave(dan)
    await net.pass_time(2 * STATE_INTERVAL_MS)
    assert cleo.group.kid == ada.group.kid == ben.group.kid


async def test_two_halves_of_a_room_heal() -> None:
    seats = await seats_for(4)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    await net.join(seats[2], knows=[])
    await net.join(seats[3], knows=[seats[2]])
    await net.pass_time(30_000)
    assert seats[0].group.kid != seats[2].group.kid
    for one in seats[:2]:
        for other in seats[2:]:
            await net.connect(one, other)
    await net.pass_time(30_000)
    assert net.agreed()


async def test_a_grant_that_names_somebody_unverified_waits_for_the_handshake() -> None:
    seats = await seats_for(3)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.join(seats[2], knows=[seats[0]])
    assert seats[1].group.kid != seats[0].group.kid
    packet = await net.text(seats[0], "while waiting")
    assert await net.deliver(packet, seats[0], seats[1]) is None
    await net.connect(seats[1], seats[2])
    assert net.agreed()
    assert [opened.msg_id for opened in net.late] == [f"{1:032x}"]


async def test_a_member_without_a_link_is_verified_by_its_credential() -> None:
    seats = await seats_for(3)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.join(seats[2], knows=[seats[0]])
    await net.pass_time(3 * STATE_INTERVAL_MS)
    assert net.agreed()
    await net.pass_time(60_000)
    assert net.agreed()
    assert len(net.epochs[seats[0].sid]) == 3


async def test_a_steward_who_cannot_reach_somebody_takes_the_epoch_of_who_can() -> None:
    seats = await seats_for(3)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.join(seats[2], knows=[seats[1]])
    await net.pass_time(TAKEOVER_MS + TAKEOVER_STEP_MS + 3 * STATE_INTERVAL_MS)
    assert net.agreed()
    count = len(net.epochs[seats[0].sid])
    await net.pass_time(60_000)
    assert len(net.epochs[seats[0].sid]) == count


async def test_somebody_known_only_by_credential_leaves_with_the_next_epoch() -> None:
    seats = await seats_for(3)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.join(seats[2], knows=[seats[1]])
    await net.pass_time(TAKEOVER_MS + TAKEOVER_STEP_MS + 3 * STATE_INTERVAL_MS)
    assert net.agreed()
    del net.seats[seats[2].sid]
    await net.carry(seats[1], await seats[1].group.drop(seats[2].sid, net.now_ms))
    await net.pass_time(60_000)
    assert net.agreed()
    count = len(net.epochs[seats[0].sid])
    await net.pass_time(60_000)
    assert len(net.epochs[seats[0].sid]) == count


async def test_g01_a_ghost_in_the_roster_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    ghost = await sit(await sign_in(ada.person.realm, "Ghost"), make_room(ada.person))
    grant = await forge(ada, [ada, ben, ghost], number_of(net) + 1)
    kid = ben.group.kid
    await ben.group.receive(ada.sid, grant, net.now_ms)
    await net.pass_time(HOLD_MS)
    assert ben.group.kid == kid
    assert ben.group.drops[EPOCH_GHOST] == 1


async def test_g02_two_secrets_for_one_kid_are_refused() -> None:
    net, (ada, ben, _) = await room_of(3)
    grant = read_blob(await forge(ada, [ada, ben], number_of(net) + 1, b"\x01" * 32))
    assert isinstance(grant, Grant)
    swapped = write_blob(Grant(grant.epoch, b"\x02" * 32))
    assert await refused(net, ben, ada, swapped) == [EPOCH_COMMIT]


async def test_g03_an_epoch_by_somebody_whose_turn_it_is_not_is_refused() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    await net.carry(ada, await ada.group.issue(REASON_JOIN, net.now_ms))
    grant = await forge(ben, [ada, ben, cleo], number_of(net) + 1)
    assert await refused(net, cleo, ben, grant) == [EPOCH_RANK]


async def test_g03_an_epoch_that_only_adds_somebody_may_come_from_anybody() -> None:
    """Else two stewards without a link between them would overrule each other for ever."""
    net, (ada, ben, cleo) = await room_of(3)
    await net.carry(ada, await ada.group.issue(REASON_JOIN, net.now_ms))
    dan = await sit(await sign_in(ada.person.realm, "Dan"), ada.credentials._genesis, now_ms=net.now_ms)
    await net.connect(cleo, dan)
    n = number_of(net)
    without_ada = await forge(ben, [ben, cleo, dan], n + 1)
    assert await refused(net, cleo, ben, without_ada) == [EPOCH_RANK]
    grown = await forge(ben, [ada, ben, cleo, dan], n + 1)
    assert (await cleo.group.receive(ben.sid, grown, net.now_ms)).new_epoch


async def test_g03_an_epoch_in_the_stewards_name_is_refused() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    grant = await forge(ben, [ada, ben, cleo], number_of(net) + 1, named_issuer=ada)
    assert await refused(net, cleo, ben, grant) == [EPOCH_SIGNATURE]


async def test_g04_an_epoch_by_somebody_who_left_is_refused() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    await net.leave(cleo)
    grant = await forge(cleo, [ada, ben, cleo], number_of(net) + 1)
    assert await refused(net, ada, cleo, grant) == [BLOB_STRANGER]
    assert await refused(net, ada, ben, grant) == [EPOCH_ISSUER]


@pytest.mark.parametrize(("jump", "reason"), [(MAX_JUMP + 1, [EPOCH_JUMP]), (MAX_JUMP, []), (2**32 - 1, [EPOCH_JUMP])])
async def test_g05_a_jump_to_the_end_is_refused(jump: int, reason: list[int]) -> None:
    net, (ada, ben) = await room_of(2)
    grant = await forge(ada, [ada, ben], min(number_of(net) + jump, 2**32 - 1))
    if len(reason) > 0:
        assert await refused(net, ben, ada, grant) == reason
    else:
        assert (await ben.group.receive(ada.sid, grant, net.now_ms)).new_epoch


async def test_g05_a_claimed_state_far_ahead_is_ignored() -> None:
    net, (ada, ben) = await room_of(2)
    claim = write_blob(State(number_of(net) + MAX_JUMP + 1, bytes(8), 2))
    assert await refused(net, ada, ben, claim) == [STATE_JUMP]


async def test_g06_a_flood_of_epochs_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    n = number_of(net)
    for number in range(1, GRANT_BURST + 1):
        step = await ben.group.receive(ada.sid, await forge(ada, [ada, ben], n + number), net.now_ms)
        assert step.new_epoch
    too_many = await forge(ada, [ada, ben], n + GRANT_BURST + 1)
    assert await refused(net, ben, ada, too_many) == [EPOCH_FLOOD]
    net.now_ms += REKEY_INTERVAL_MS - 1
    assert await refused(net, ben, ada, too_many) == [EPOCH_FLOOD]
    net.now_ms += 1
    assert (await ben.group.receive(ada.sid, too_many, net.now_ms)).new_epoch


async def test_g07_an_epoch_without_me_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    assert await refused(net, ben, ada, await forge(ada, [ada], number_of(net) + 1)) == [EPOCH_WITHOUT_ME]


async def test_an_issuer_who_is_not_in_the_roster_is_refused() -> None:
    """Else the issuer would read along unseen."""
    net, (ada, ben, cleo) = await room_of(3)
    assert await refused(net, cleo, ada, await forge(ada, [ben, cleo], number_of(net) + 1)) == [EPOCH_ISSUER]


async def test_g08_a_swapped_credential_is_refused() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    roster = sorted(
        [
            RosterEntry(bytes.fromhex(seat.sid), bytes.fromhex(seat.session.me.credential_hash))
            for seat in (ada, ben, cleo)
        ],
        key=lambda entry: entry.sid,
    )
    swapped = [replace(e, credential_hash=bytes(32)) if e.sid.hex() == cleo.sid else e for e in roster]
    grant = await forge(ada, [ada, ben, cleo], number_of(net) + 1, roster=swapped)
    assert await refused(net, ben, ada, grant) == [EPOCH_GHOST]


async def test_an_epoch_of_another_room_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    grant = await forge(ada, [ada, ben], number_of(net) + 1, room_id=bytes(16))
    assert await refused(net, ben, ada, grant) == [EPOCH_ROOM]


async def test_an_old_epoch_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    old = net.grants[-1][2]
    await net.carry(ada, await ada.group.issue(REASON_JOIN, net.now_ms))
    assert await refused(net, ben, ada, old) == [EPOCH_OLD]


async def test_g10_frames_of_an_old_epoch_are_taken_for_30_s() -> None:
    net, (ada, ben) = await room_of(2)
    packets = [await net.text(ben, text) for text in ("one", "two", "three")]
    await net.carry(ada, await ada.group.issue(REASON_JOIN, net.now_ms))
    assert await net.deliver(packets[0], ben, ada) is not None
    net.now_ms += OLD_KID_MS
    assert await net.deliver(packets[1], ben, ada) is not None
    net.now_ms += 1
    assert await net.deliver(packets[2], ben, ada) is None
    assert ada.group.drops[FRAME_KID_OLD] == 1


async def test_keys_are_erased_60_s_after_the_next_epoch() -> None:
    net, (ada, ben) = await room_of(2)
    packet = await net.text(ben, "late")
    await net.carry(ada, await ada.group.issue(REASON_JOIN, net.now_ms))
    await net.pass_time(72_000)
    assert await net.deliver(packet, ben, ada) is None
    await net.pass_time(12_000)
    assert ada.group.drops[FRAME_KID_UNKNOWN] == 1
    assert len(ada.group._frames._old) == 0


async def test_a_replaced_epoch_keeps_no_secret() -> None:
    net, (ada, _) = await room_of(2)
    current = ada.group._frames.current
    assert current is not None
    assert len(current.secret) == 32
    await net.carry(ada, await ada.group.issue(REASON_JOIN, net.now_ms))
    assert current.secret == b""


async def test_g13_a_steward_who_stalls_is_overtaken_in_order() -> None:
    net, (ada, ben, cleo, dan) = await room_of(4)
    del net.seats[ada.sid]
    del net.seats[dan.sid]
    for seat in (ben, cleo):
        await net.carry(seat, await seat.group.drop(dan.sid, net.now_ms))
    kid = ben.group.kid
    await net.pass_time(TAKEOVER_MS + TAKEOVER_STEP_MS - 1)
    assert ben.group.kid == kid
    await net.pass_time(1)
    assert ben.group.kid == cleo.group.kid != kid
    assert ben.group.roster == sorted([ada.sid, ben.sid, cleo.sid])
    assert read_issuer(net) == ben.sid


async def test_g13_when_two_stall_the_third_overtakes() -> None:
    net, (ada, ben, cleo, dan) = await room_of(4)
    for seat in (ada, ben, dan):
        del net.seats[seat.sid]
    await net.carry(cleo, await cleo.group.drop(dan.sid, net.now_ms))
    kid = cleo.group.kid
    await net.pass_time(TAKEOVER_MS + 2 * TAKEOVER_STEP_MS - 1)
    assert cleo.group.kid == kid
    await net.pass_time(1)
    assert cleo.group.kid != kid


async def test_g15_who_joins_reads_nothing_older() -> None:
    seats = await seats_for(3)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    earlier = await net.text(seats[0], "before")
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.join(seats[2])
    assert net.agreed()
    assert await net.deliver(earlier, seats[0], seats[2]) is None
    assert await net.deliver(await net.text(seats[0], "after"), seats[0], seats[2]) is not None


async def test_a_blob_of_a_stranger_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    stranger = await sit(await sign_in(ada.person.realm, "Eve"), make_room(ada.person))
    assert await refused(net, ben, stranger, write_blob(State(1, bytes(8), 1))) == [BLOB_STRANGER]


async def test_malformed_blobs_are_counted() -> None:
    net, (ada, ben) = await room_of(2)
    for blob in (b"", b"\x00", b"\x01", b"\x09abc", write_blob(State(1, bytes(8), 1)) + b"\x00"):
        assert await refused(net, ben, ada, blob) == [MALFORMED]


async def test_a_credential_nobody_asked_for_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    shown = write_blob(Shown(ada.session.me.credential, b""))
    assert await refused(net, ben, ada, shown) == [CREDENTIAL_UNASKED]


async def test_an_expired_session_falls_out_of_the_room() -> None:
    net, (ada, ben) = await room_of(2)
    net.now_ms = ben.session.me.exp_ms + 60_000
    step = await ada.group.tick(net.now_ms)
    assert step.new_epoch
    assert ada.group.roster == [ada.sid]


async def test_65536_frames_are_enough_for_one_epoch() -> None:
    net, (ada, _) = await room_of(2)
    kid = ada.group.kid
    current = ada.group._frames.current
    assert current is not None
    for _ in range(65_535):
        current.take_counter()
    await net.pass_time(STATE_INTERVAL_MS)
    assert ada.group.kid == kid
    current.take_counter()
    await net.pass_time(STATE_INTERVAL_MS)
    assert ada.group.kid != kid
    assert net.agreed()


async def test_the_room_code_is_four_groups_of_five_digits() -> None:
    _, (ada, ben) = await room_of(2)
    groups = ada.group.room_code().split(" ")
    assert [len(group) for group in groups] == [5, 5, 5, 5]
    assert all(group.isdigit() for group in groups)
    assert ben.group.room_code() == ada.group.room_code()
