"""Epochs and blobs that are not taken: attacks G01 to G15 as far as they are built."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.fakes.groups import forge, issue, kid_of, most_of, number_of, read_issuer, refused, room_of, seats_for
from tests.fakes.net import Net
from tests.fakes.people import make_room, sign_in, sit
from tests.fakes.realm import NOW_MS
from widget.crypto import keyring
from widget.crypto.epoch_rules import most_n
from widget.crypto.limits import (
    AHEAD_N,
    GRANT_BURST,
    HEARD_MS,
    HOLD_MS,
    OLD_KID_MS,
    REKEY_INTERVAL_MS,
    TAKEOVER_MS,
    TAKEOVER_STEP_MS,
)
from widget.crypto.live_epoch import LiveEpoch, open_epoch
from widget.crypto.reasons import (
    BLOB_STRANGER,
    CREDENTIAL_UNASKED,
    EPOCH_COMMIT,
    EPOCH_EXPELLED,
    EPOCH_FLOOD,
    EPOCH_GHOST,
    EPOCH_ISSUER,
    EPOCH_JUMP,
    EPOCH_LEAVES_OUT,
    EPOCH_OLD,
    EPOCH_RANK,
    EPOCH_ROOM,
    EPOCH_SIGNATURE,
    EPOCH_TIE_LOST,
    EPOCH_WITHOUT_ME,
    FRAME_KID_OLD,
    STATE_JUMP,
)
from widget.errors import MALFORMED
from widget.wire.pair import Grant, read_blob, write_grant, write_shown, write_state


async def test_equal_numbers_are_decided_by_the_lower_kid() -> None:
    """Ben's turn came too, for it was quiet."""
    net, seats = await room_of(4)
    ada, ben, cleo, dan = seats
    n = number_of(net) + 1
    low, high = sorted([await forge(ada, seats, n), await forge(ben, seats, n)], key=kid_of)
    await cleo.group.receive(ada.sid, high, net.now_ms)
    await dan.group.receive(ada.sid, low, net.now_ms)
    assert cleo.group.kid != dan.group.kid
    await cleo.group.receive(ada.sid, low, net.now_ms)
    assert await refused(net, dan, ada, high) == [EPOCH_TIE_LOST]
    assert cleo.group.kid == dan.group.kid == kid_of(low)


async def test_g01_a_ghost_in_the_roster_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    ghost = await sit(await sign_in(ada.person.realm, "Ghost"), make_room(ada.person))
    grant = await forge(ada, [ada, ben, ghost], number_of(net) + 1)
    kid = ben.group.kid
    await ben.group.receive(ada.sid, grant, net.now_ms)
    await net.pass_time(HOLD_MS)
    assert ben.group.kid == kid
    assert ben.group.drops[EPOCH_GHOST] == 1


async def test_nobody_who_was_just_heard_is_left_out() -> None:
    """In a quiet room anybody's turn has come: Ben makes an epoch without Ada, who is the host."""
    net, (ada, ben, cleo) = await room_of(3)
    await net.pass_time(60_000)
    grant = await forge(ben, [ben, cleo], number_of(net) + 1)
    kid = cleo.group.kid
    await cleo.group.receive(ben.sid, grant, net.now_ms)
    assert cleo.group.kid == kid
    await net.pass_time(HOLD_MS + 3_000)
    assert cleo.group.kid == kid
    assert ada.sid in cleo.group.roster
    assert cleo.group.drops[EPOCH_LEAVES_OUT] == 1


async def test_an_epoch_without_who_is_about_to_leave_waits_for_that() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    await net.pass_time(60_000)
    grant = await forge(ada, [ada, cleo], number_of(net) + 1)
    await cleo.group.receive(ada.sid, grant, net.now_ms)
    assert ben.sid in cleo.group.roster
    await cleo.group.drop(ben.sid, net.now_ms)
    assert cleo.group.roster == sorted([ada.sid, cleo.sid])


async def test_who_was_not_heard_for_a_while_may_be_left_out() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    net.cut.add((ben.sid, cleo.sid))
    await net.pass_time(HEARD_MS + 3_000)
    grant = await forge(ada, [ada, cleo], number_of(net) + 1)
    await cleo.group.receive(ada.sid, grant, net.now_ms)
    assert cleo.group.roster == sorted([ada.sid, cleo.sid])


async def test_of_two_epochs_that_each_leave_somebody_out_comes_one_for_all() -> None:
    """Ben knows Dan and Ada knows Cleo; then the two hear each other again."""
    ada, ben, cleo, dan = await seats_for(4)
    net = Net()
    await net.join(ada)
    await net.join(ben)
    await net.pass_time(TAKEOVER_MS)
    net.cut = {(ada.sid, ben.sid), (ben.sid, ada.sid)}
    await net.join(cleo, knows=[ada])
    await net.join(dan, knows=[ben])
    await net.pass_time(TAKEOVER_MS + 2 * TAKEOVER_STEP_MS)
    assert ada.group.roster == sorted([ada.sid, ben.sid, cleo.sid])
    assert ben.group.roster == sorted([ada.sid, ben.sid, dan.sid])
    net.cut = set()
    await net.pass_time(TAKEOVER_MS + 3 * TAKEOVER_STEP_MS)
    assert net.agreed()


async def test_whom_an_epoch_that_waits_names_is_here_and_not_reached() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    dan = (await seats_for(4))[3]
    cleo.group._keyring.membership.vouch(dan.session.me)
    await cleo.group.receive(ada.sid, await forge(ada, [ada, cleo, dan], most_of(net)), net.now_ms)
    assert cleo.group.roster == sorted([ada.sid, ben.sid, cleo.sid])
    assert cleo.group.unreached() == [dan.sid]


async def test_an_epoch_that_waits_brings_back_nobody_who_left() -> None:
    net, (ada, ben, cleo, dan) = await room_of(4)
    await cleo.group.drop(dan.sid, net.now_ms)
    grant = await forge(ada, [ada, cleo, dan], most_of(net))
    await cleo.group.receive(ada.sid, grant, net.now_ms)
    assert cleo.group.drops.get(EPOCH_EXPELLED, 0) == 0
    assert sorted(peer.sid for peer in cleo.group.members()) == sorted([ada.sid, ben.sid, cleo.sid])


async def test_nobody_is_brought_back_who_went_without_a_word() -> None:
    """By who is first in line, whose epochs are else taken at once."""
    net, (ada, ben, cleo, dan) = await room_of(4)
    del net.seats[dan.sid]
    for seat in (ada, ben, cleo):
        await net.carry(seat, await seat.group.drop(dan.sid, net.now_ms))
    await net.pass_time(REKEY_INTERVAL_MS)
    assert net.agreed()
    before, grant = ben.group.kid, await forge(ada, [ada, ben, cleo, dan], most_of(net))
    await net.carry(ben, await ben.group.receive(ada.sid, grant, net.now_ms))
    await net.pass_time(HOLD_MS + REKEY_INTERVAL_MS)
    assert (ben.group.kid, ben.group.drops[EPOCH_LEAVES_OUT]) == (before, 1)


async def test_who_was_held_for_gone_comes_back_by_a_sign_of_life() -> None:
    """Ben does not hear Dan, whom Ada lets in again."""
    net, (ada, ben, cleo, dan) = await room_of(4)
    net.cut |= {(ben.sid, dan.sid), (dan.sid, ben.sid)}
    for seat in (ada, ben, cleo):
        await net.carry(seat, await seat.group.drop(dan.sid, net.now_ms))
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.connect(ada, dan)
    await net.pass_time(REKEY_INTERVAL_MS)
    assert dan.sid in ada.group.roster
    assert dan.sid not in ben.group.roster
    await net.pass_time(HOLD_MS)
    assert net.agreed()
    assert dan.sid in ben.group.roster


async def test_g02_two_secrets_for_one_kid_are_refused() -> None:
    net, (ada, ben, _) = await room_of(3)
    grant = read_blob(await forge(ada, [ada, ben], number_of(net) + 1, b"\x01" * 32))
    assert isinstance(grant, Grant)
    swapped = write_grant(grant.epoch, b"\x02" * 32)
    assert await refused(net, ben, ada, swapped) == [EPOCH_COMMIT]


async def test_g03_an_epoch_by_somebody_whose_turn_it_is_not_is_refused() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    await net.carry(ada, await issue(ada, net.now_ms))
    grant = await forge(ben, [ada, ben, cleo], number_of(net) + 1)
    assert await refused(net, cleo, ben, grant) == [EPOCH_RANK]


async def test_g03_an_epoch_that_only_adds_somebody_may_come_from_anybody() -> None:
    """Else two stewards without a link between them would overrule each other for ever."""
    net, (ada, ben, cleo) = await room_of(3)
    await net.carry(ada, await issue(ada, net.now_ms))
    dan = await sit(await sign_in(ada.person.realm, "Dan"), ada.credentials._genesis, now_ms=net.now_ms)
    await net.connect(cleo, dan)
    n = number_of(net)
    without_ada = await forge(ben, [ben, cleo, dan], n + 1)
    assert await refused(net, cleo, ben, without_ada) == [EPOCH_RANK]
    grown = await forge(ben, [ada, ben, cleo, dan], n + 2)
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


async def test_who_was_expelled_is_out_at_once_and_in_no_epoch_that_is_taken() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    ada.group.gone(cleo.sid, net.now_ms, True)
    step = await ada.group.tick(net.now_ms)
    assert step.new_epoch
    assert cleo.sid not in ada.group.roster
    grant = await forge(ben, [ada, ben, cleo], number_of(net) + 9)
    assert await refused(net, ada, ben, grant) == [EPOCH_EXPELLED]


@pytest.mark.parametrize(("age_ms", "most"), [(-3_600_000, 0), (999, 0), (1_000, 1), (86_400_000, 86_400)])
def test_g05_a_room_may_have_an_epoch_for_each_second_of_its_age(age_ms: int, most: int) -> None:
    assert most_n(NOW_MS, NOW_MS + age_ms) == AHEAD_N + most


@pytest.mark.parametrize(("beyond", "reason"), [(0, []), (1, [EPOCH_JUMP]), (2**31, [EPOCH_JUMP])])
async def test_g05_a_number_that_the_room_is_too_young_for_is_refused(beyond: int, reason: list[int]) -> None:
    net, (ada, ben) = await room_of(2)
    grant = await forge(ada, [ada, ben], most_of(net) + beyond)
    if len(reason) > 0:
        assert await refused(net, ben, ada, grant) == reason
    else:
        assert (await ben.group.receive(ada.sid, grant, net.now_ms)).new_epoch


async def test_g05_a_claimed_state_that_the_room_is_too_young_for_is_ignored() -> None:
    net, (ada, ben) = await room_of(2)
    claim = write_state(most_of(net) + 1, "00" * 16, 2)
    assert await refused(net, ada, ben, claim) == [STATE_JUMP]
    net.now_ms += 1000
    assert await refused(net, ada, ben, claim) == []


@pytest.mark.parametrize("members", [1, 3])
@pytest.mark.parametrize("place", [0, 1])
async def test_l2_no_claim_leads_a_member_away_from_the_others(place: int, members: int) -> None:
    """Eve claims the highest number there can be, to one alone: to the steward, or to who comes next."""
    net, seats = await room_of(3)
    victim, other, eve = seats[place], seats[1 - place], seats[2]
    claim = write_state(most_of(net), "11" * 16, members)
    await net.carry(victim, await victim.group.receive(eve.sid, claim, net.now_ms))
    await net.pass_time(30_000)
    assert net.agreed()
    packet = await net.text(victim, "hello")
    assert await net.deliver(packet, victim, other) is not None


async def test_l2_a_first_epoch_cannot_use_up_the_numbers() -> None:
    seats = await seats_for(3)
    net, (ada, eve, cleo) = Net(), seats
    await net.join(ada)
    await net.join(eve)
    await ada.group.receive(eve.sid, write_state(2**32 - 1, "11" * 16, 2), net.now_ms)
    assert ada.group.drops == {STATE_JUMP: 1}
    await net.leave(eve)
    await net.join(cleo)
    await net.pass_time(30_000)
    assert net.agreed()
    assert number_of(net) < AHEAD_N


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
    hashes = {seat.sid: seat.session.me.credential_hash for seat in (ada, ben, cleo)}
    swapped = {sid: "00" * 32 if sid == cleo.sid else hashes[sid] for sid in sorted(hashes)}
    grant = await forge(ada, [ada, ben, cleo], number_of(net) + 1, roster=swapped)
    assert await refused(net, ben, ada, grant) == [EPOCH_GHOST]


async def test_an_epoch_of_another_room_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    grant = await forge(ada, [ada, ben], number_of(net) + 1, room_id=bytes(16))
    assert await refused(net, ben, ada, grant) == [EPOCH_ROOM]


async def test_an_old_epoch_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    old = net.grants[-1][2]
    await net.carry(ada, await issue(ada, net.now_ms))
    assert await refused(net, ben, ada, old) == [EPOCH_OLD]


async def test_g10_frames_of_an_old_epoch_are_taken_for_30_s() -> None:
    net, (ada, ben) = await room_of(2)
    packets = [await net.text(ben, text) for text in ("one", "two", "three")]
    await net.carry(ada, await issue(ada, net.now_ms))
    assert await net.deliver(packets[0], ben, ada) is not None
    net.now_ms += OLD_KID_MS
    assert await net.deliver(packets[1], ben, ada) is not None
    net.now_ms += 1
    assert await net.deliver(packets[2], ben, ada) is None
    assert ada.group.drops[FRAME_KID_OLD] == 1


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
    assert await refused(net, ben, stranger, write_state(1, "00" * 16, 1)) == [BLOB_STRANGER]


async def test_malformed_blobs_are_counted() -> None:
    net, (ada, ben) = await room_of(2)
    for blob in (b"", b"\x00", b"\x01", b"\x0aabc", write_state(1, "00" * 16, 1) + b"\x00"):
        assert await refused(net, ben, ada, blob) == [MALFORMED]


async def test_a_credential_nobody_asked_for_is_refused() -> None:
    net, (ada, ben) = await room_of(2)
    shown = write_shown(ada.session.me.credential, b"")
    assert await refused(net, ben, ada, shown) == [CREDENTIAL_UNASKED]


async def test_a_better_epoch_that_came_while_keys_were_derived_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browsers derive keys beside what else happens, and need not end in the order in which they began."""
    net, (ada, ben) = await room_of(2)
    older, newer = [await forge(ada, [ada, ben], number_of(net) + ahead) for ahead in (1, 2)]
    goes_on = asyncio.Event()

    async def slowly(*given: Any) -> LiveEpoch:
        monkeypatch.setattr(keyring, "open_epoch", open_epoch)
        await goes_on.wait()
        return await open_epoch(*given)

    monkeypatch.setattr(keyring, "open_epoch", slowly)
    taking = asyncio.create_task(ben.group.receive(ada.sid, older, net.now_ms))
    await asyncio.sleep(0)
    assert (await ben.group.receive(ada.sid, newer, net.now_ms)).new_epoch
    goes_on.set()
    assert not (await taking).new_epoch
    assert ben.group.kid == kid_of(newer)
