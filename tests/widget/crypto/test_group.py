"""Epochs among two, three and five: who issues, who gets them, and how a room heals."""

from __future__ import annotations

import hashlib

import pytest

from tests.fakes.frames import dropped
from tests.fakes.groups import issue, read_issuer, room_of, seats_for
from tests.fakes.net import Net
from tests.fakes.people import Seat, link, sit
from tests.fakes.realm import NOW_MS
from widget.crypto.limits import (
    EPOCH_LIFE_MS,
    ERASE_MS,
    REKEY_INTERVAL_MS,
    STATE_INTERVAL_MS,
    TAKEOVER_MS,
    TAKEOVER_STEP_MS,
)
from widget.crypto.reasons import (
    EPOCH_OLD,
    FRAME_KID_OLD,
    FRAME_KID_UNKNOWN,
)
from widget.wire.epoch import read_signed_epoch
from widget.wire.pair import Grant, read_blob, write_shown

pytestmark = pytest.mark.no_cover


async def test_alone_there_is_an_epoch_of_one() -> None:
    (ada,) = await seats_for(1)
    assert not ada.group.ready()
    assert ada.group.room_code() == ""
    assert ada.group.wrote(1) == 0
    net = Net()
    await net.join(ada)
    assert ada.group.ready()
    assert ada.group.members()[0].sid == ada.sid
    assert ada.group.roster == [ada.sid]


@pytest.mark.parametrize("count", [2, 3, 5])
async def test_everybody_who_joins_ends_up_in_one_epoch(count: int) -> None:
    net, seats = await room_of(count)
    assert len({seat.group.room_code() for seat in seats}) == 1
    assert [seat.group.members()[0].sid == seat.sid for seat in seats] == [True] + [False] * (count - 1)
    for sender in seats:
        packet = await net.text(sender, "hello")
        for receiver in seats:
            if receiver is not sender:
                opened = await net.deliver(packet, sender, receiver)
                assert opened is not None
                assert (opened.sid, [event.author for event in opened.events]) == (sender.sid, [sender.sid])
    assert all(reason in (EPOCH_OLD,) for seat in seats for reason in seat.group.drops)


async def test_the_first_join_is_answered_at_once() -> None:
    ada, ben = await seats_for(2)
    net = Net()
    await net.join(ada)
    await net.join(ben)
    assert net.agreed()


async def test_who_heard_my_state_with_the_handshake_is_not_told_it_again() -> None:
    ada, ben = await seats_for(2)
    net = Net()
    await net.join(ada)
    of_ben, _ = (await link(ada, ben, net.now_ms)).peers()
    state = ada.group.state()
    assert (await ada.group.admit(of_ben, net.now_ms, state)).blobs == []
    before = bytes([state[0], *bytes(len(state) - 1)])
    told_anew = await ada.group.admit(of_ben, net.now_ms, before)
    assert [(blob.to_sid, blob.blob) for blob in told_anew.blobs] == [(ben.sid, state)]


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
    assert ben.group.members()[0].sid == ben.sid
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
    assert again.group.members()[0].sid == again.sid
    assert ben.group.members()[0].sid != ben.sid


async def test_an_epoch_lives_an_hour() -> None:
    net, (ada, _) = await room_of(2)
    kid = ada.group.kid
    await net.pass_time(EPOCH_LIFE_MS)
    assert ada.group.kid != kid
    assert net.agreed()


async def test_two_who_issue_at_the_same_moment_agree_in_the_end() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    of_ada = await issue(ada, net.now_ms)
    of_ben = await issue(ben, net.now_ms)
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
    assert await net.deliver(packet, seats[0], seats[1]) is not None


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


async def one_whom_the_steward_cannot_reach() -> tuple[Net, list[Seat]]:
    """The last of three is known to the second alone; all agree."""
    seats = await seats_for(3)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.join(seats[2], knows=[seats[1]])
    await net.pass_time(TAKEOVER_MS + TAKEOVER_STEP_MS + 3 * STATE_INTERVAL_MS)
    assert net.agreed()
    return net, seats


async def test_a_steward_who_cannot_reach_somebody_takes_the_epoch_of_who_can() -> None:
    net, seats = await one_whom_the_steward_cannot_reach()
    count = len(net.epochs[seats[0].sid])
    await net.pass_time(60_000)
    assert len(net.epochs[seats[0].sid]) == count


async def test_somebody_known_only_by_credential_leaves_with_the_next_epoch() -> None:
    net, seats = await one_whom_the_steward_cannot_reach()
    del net.seats[seats[2].sid]
    await net.carry(seats[1], await seats[1].group.drop(seats[2].sid, net.now_ms))
    await net.pass_time(60_000)
    assert net.agreed()
    count = len(net.epochs[seats[0].sid])
    await net.pass_time(60_000)
    assert len(net.epochs[seats[0].sid]) == count


async def test_keys_are_erased_60_s_after_the_next_epoch() -> None:
    net, (ada, ben) = await room_of(2)
    packet = await net.text(ben, "late")
    await net.carry(ada, await issue(ada, net.now_ms))
    net.now_ms += ERASE_MS - 1
    await ada.group.tick(net.now_ms)
    assert await dropped(net, packet, ben, ada) == FRAME_KID_OLD
    net.now_ms += 1
    await ada.group.tick(net.now_ms)
    assert await dropped(net, packet, ben, ada) == FRAME_KID_UNKNOWN
    assert ada.group._keyring.frames._epochs == [ada.group._keyring.frames.current]


async def test_a_replaced_epoch_keeps_no_secret() -> None:
    net, (ada, _) = await room_of(2)
    current = ada.group._keyring.frames.current
    assert current is not None
    grant = read_blob(current.grant)
    assert isinstance(grant, Grant)
    assert len(grant.secret) == 32
    await net.carry(ada, await issue(ada, net.now_ms))
    assert current.grant == b""


async def test_an_expired_session_falls_out_of_the_room() -> None:
    net, (ada, ben) = await room_of(2)
    net.now_ms = ben.session.me.exp_ms + 60_000
    step = await ada.group.tick(net.now_ms)
    assert step.new_epoch
    assert ada.group.roster == [ada.sid]


async def test_1024_events_are_enough_for_one_epoch() -> None:
    net, (ada, _) = await room_of(2)
    kid = ada.group.kid
    ada.group.wrote(1023)
    await net.pass_time(STATE_INTERVAL_MS)
    assert ada.group.kid == kid
    ada.group.wrote(1)
    await net.pass_time(STATE_INTERVAL_MS)
    assert ada.group.kid != kid
    assert net.agreed()


async def test_1024_events_of_anybody_bring_a_new_epoch() -> None:
    """Whoever said them issues it, as soon as the steward has had its time."""
    net, (ada, ben, _) = await room_of(3)
    kid = ada.group.kid
    ben.group.wrote(1024)
    await net.pass_time(STATE_INTERVAL_MS + TAKEOVER_MS + TAKEOVER_STEP_MS)
    assert net.agreed()
    assert ada.group.kid != kid
    assert read_issuer(net) == ben.sid


async def test_the_room_code_is_four_groups_of_five_digits() -> None:
    _, (ada, ben) = await room_of(2)
    groups = ada.group.room_code().split(" ")
    assert [len(group) for group in groups] == [5, 5, 5, 5]
    assert all(group.isdigit() for group in groups)
    assert ben.group.room_code() == ada.group.room_code()


async def test_the_room_code_is_made_of_the_epochs_hash() -> None:
    net, (ada, _) = await room_of(2)
    grant = read_blob(net.grants[-1][2])
    assert isinstance(grant, Grant)
    digest = hashlib.sha256(read_signed_epoch(grant.epoch)[1]).digest()
    numbers = [int.from_bytes(digest[start : start + 4], "big") % 100_000 for start in (8, 12, 16, 20)]
    assert ada.group.room_code() == " ".join(f"{number:05d}" for number in numbers)


async def test_a_session_that_left_is_still_known() -> None:
    net, (ada, ben) = await room_of(2)
    await net.leave(ben)
    known = ada.group.member(ben.sid)
    assert known is not None
    assert known.sid == ben.sid
    assert ada.group.member("ab" * 16) is None


async def test_the_steward_rekeys_in_the_very_call_that_tells_of_a_leave() -> None:
    net, (ada, _, cleo) = await room_of(3)
    step = await ada.group.drop(cleo.sid, net.now_ms)
    assert step.new_epoch
    assert cleo.sid not in ada.group.roster


async def test_a_stranger_who_is_dropped_changes_nothing() -> None:
    net, (ada, _) = await room_of(2)
    step = await ada.group.drop("ab" * 16, net.now_ms)
    assert not step.new_epoch
    assert ada.group.epoch_due_at_ms() > net.now_ms


async def test_a_grant_that_waited_is_taken_in_the_very_call_that_brings_the_credential() -> None:
    seats = await seats_for(3)
    net = Net()
    await net.join(seats[0])
    await net.join(seats[1])
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.join(seats[2], knows=[seats[0]])
    me = seats[2].session.me
    step = await seats[1].group.receive(seats[0].sid, write_shown(me.credential, me.psk_proof), net.now_ms)
    assert step.new_epoch
    assert seats[1].group.kid == seats[0].group.kid
