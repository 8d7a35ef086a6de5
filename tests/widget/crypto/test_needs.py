"""A need that its steward leaves alone is met by the next in line, whatever else is made to happen meanwhile."""

from __future__ import annotations

from tests.fakes.groups import forge, number_of, room_of, seats_for
from tests.fakes.net import Net
from tests.fakes.people import Seat, sign_in, sit
from tests.fakes.realm import NOW_MS
from widget.crypto.limits import TAKEOVER_MS, TAKEOVER_STEP_MS, WANT_AFTER_MS

TAKEN_OVER_MS = TAKEOVER_MS + TAKEOVER_STEP_MS


async def stalled() -> tuple[Net, list[Seat]]:
    """Ada, the steward, does nothing any more, and Dan is removed."""
    net, seats = await room_of(4)
    ada, ben, cleo, dan = seats
    del net.seats[dan.sid]
    del net.seats[ada.sid]
    for seat in (ben, cleo):
        seat.decided.out.add(dan.session.me.sub)
        await net.carry(seat, await seat.group.decided(net.now_ms))
        assert not seat.group.is_lawful()
    return net, seats


async def test_nobody_silences_a_room_by_coming_and_going_after_a_removal() -> None:
    """While its epoch names somebody who was removed nobody speaks: whoever puts off the next silences the room."""
    net, (ada, ben, cleo, _) = await stalled()
    for _ in range(2):
        eve = await sit(await sign_in(ada.person.realm, "Eve"), ada.credentials._genesis, now_ms=net.now_ms)
        for seat in (ben, cleo):
            await seat.group.admit(eve.session.me, net.now_ms)
        await net.pass_time(TAKEN_OVER_MS // 2 - 1)
        for seat in (ben, cleo):
            await net.carry(seat, await seat.group.drop(eve.sid, net.now_ms))
    assert not ben.group.is_lawful()
    await net.pass_time(2)
    assert ben.group.is_lawful()
    assert cleo.group.kid == ben.group.kid


async def test_nobody_keeps_somebody_in_by_epochs_that_leave_a_need_alone() -> None:
    """Dan is gone, and Ada, who is first, names him again and again."""
    net, (ada, ben, cleo, dan) = await room_of(4)
    del net.seats[dan.sid]
    del net.seats[ada.sid]
    for seat in (ben, cleo):
        await net.carry(seat, await seat.group.drop(dan.sid, net.now_ms))
    for _ in range(2):
        await net.pass_time(TAKEN_OVER_MS // 2 - 1)
        grant = await forge(ada, [ada, ben, cleo, dan], number_of(net) + 1)
        for seat in (ben, cleo):
            assert (await seat.group.receive(ada.sid, grant, net.now_ms)).new_epoch
    await net.pass_time(2_000)
    assert dan.sid not in ben.group.roster
    assert cleo.group.kid == ben.group.kid


async def test_nobody_puts_off_whose_turn_has_come_by_one_epoch_after_another() -> None:
    """Two hand on what Ada makes, each as often as one may: faster than every two seconds."""
    net, seats = await room_of(5)
    ada, ben, cleo, dan, eve = seats
    for seat in (ada, dan, eve):
        del net.seats[seat.sid]
    for seat in (ben, cleo):
        await net.carry(seat, await seat.group.drop(dan.sid, net.now_ms))
    for second in range(TAKEN_OVER_MS // 1_000):
        await net.pass_time(999)
        grant = await forge(ada, seats, number_of(net) + 1)
        for seat in (ben, cleo):
            assert (await seat.group.receive((ada, eve)[second % 2].sid, grant, net.now_ms)).new_epoch
    await net.pass_time(999)
    assert dan.sid not in ben.group.roster
    assert cleo.group.kid == ben.group.kid


async def test_nobody_delays_a_room_by_sessions_that_do_nothing() -> None:
    """Eve opens six, each of which says that it is older than the others' here."""
    ada, ben, cleo, dan = await seats_for(4)
    net, genesis = Net(), ada.credentials._genesis
    for seat in (ben, cleo):
        await net.join(seat)
    eve = await sign_in(ada.person.realm, "Eve")
    sessions = [await sit(eve, genesis, now_ms=NOW_MS - 30_000) for _ in range(6)]
    for seat in sessions:
        await net.join(seat)
    await net.pass_time(60_000)
    assert net.agreed()
    for seat in sessions:
        del net.seats[seat.sid]
    await net.join(dan, knows=[ben, cleo])
    await net.pass_time(TAKEN_OVER_MS + 2 * WANT_AFTER_MS)  # Dan asks who they are
    assert ben.group.roster == cleo.group.roster == dan.group.roster
