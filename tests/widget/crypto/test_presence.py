"""Who is here is what members know themselves: by what they hear, and by signs of life through others."""

from __future__ import annotations

import pytest

from tests.fakes.groups import refused, room_of, seats_for
from tests.fakes.net import Net
from tests.fakes.people import Seat
from widget.crypto.limits import (
    CLOCK_SKEW_MS,
    HEARD_MS,
    SILENT_MS,
    STATE_INTERVAL_MS,
    TAKEOVER_STEP_MS,
)
from widget.crypto.reasons import PULSE_FALSE
from widget.wire.pair import PULSE, SEEK, STATE, Pulse, pulse_signed, write_pulse, write_seek

pytestmark = pytest.mark.no_cover

SOON_MS = 4 * STATE_INTERVAL_MS


def part(net: Net, one: Seat, other: Seat) -> None:
    net.cut |= {(one.sid, other.sid), (other.sid, one.sid)}


async def rests(net: Net, for_ms: int) -> bool:
    """Nobody makes another epoch meanwhile."""
    before = {sid: len(kids) for sid, kids in net.epochs.items()}
    await net.pass_time(for_ms)
    return net.agreed() and before == {sid: len(kids) for sid, kids in net.epochs.items()}


async def pulse_of(seat: Seat, at_ms: int, sid: str = "") -> bytes:
    """As that one signs it, perhaps of somebody else."""
    sid = sid or seat.sid
    data = pulse_signed(seat.session.room_id, sid, at_ms)
    return write_pulse(Pulse(sid, at_ms, await seat.person.crypto.signatures.sign(seat.session.signing, data)))


async def test_a_crash_that_the_service_hides_keeps_nobody_in() -> None:
    """The steward's, even: what it leaves undone the next in line does."""
    net, (ada, ben, cleo) = await room_of(3)
    del net.seats[ada.sid]
    await net.pass_time(SILENT_MS - STATE_INTERVAL_MS)
    assert ada.sid in ben.group.roster
    await net.pass_time(2 * STATE_INTERVAL_MS)
    assert net.agreed()
    assert cleo.sid in ben.group.roster


async def test_a_service_that_tells_one_that_another_left_parts_nobody_for_long() -> None:
    """It carries nothing between the two either. Each would make epochs without the other's for ever."""
    net, (ada, *_, dan) = await room_of(4)
    part(net, ada, dan)
    await net.carry(ada, await ada.group.drop(dan.sid, net.now_ms))
    assert dan.sid not in ada.group.roster
    await net.pass_time(2 * SOON_MS)
    assert net.agreed()
    assert await rests(net, 3 * SILENT_MS)


@pytest.mark.parametrize("people", [4, 5, 8])
async def test_those_who_hear_each_other_only_through_others_stay(people: int) -> None:
    """In a row: what the first knows of the last has gone through all between."""
    seats = await seats_for(people)
    net = Net()
    for number, seat in enumerate(seats):
        await net.join(seat, knows=seats[max(0, number - 1) : number])
        # Whom the last alone hears is let in on its turn, and from hop to hop an epoch takes a STATE.
        await net.pass_time(30_000 if people <= 5 else people * (TAKEOVER_STEP_MS + STATE_INTERVAL_MS))
    assert len(net.seats) == people
    assert net.agreed()
    assert await rests(net, 4 * SILENT_MS)


@pytest.mark.parametrize("people", [5, 20])
async def test_two_who_do_not_hear_each_other_stay_in_a_large_room(people: int) -> None:
    """Each asks another neighbour each time: whoever was asked once has an answer only when asked again."""
    net, seats = await room_of(people)
    assert len(net.seats) == people
    part(net, seats[1], seats[3])
    assert await rests(net, 4 * SILENT_MS)


async def test_who_slept_takes_nobody_for_silent() -> None:
    net, _ = await room_of(3)
    before = {sid: list(kids) for sid, kids in net.epochs.items()}
    net.now_ms += 2 * SILENT_MS
    assert await rests(net, SOON_MS)
    assert before == net.epochs


async def test_who_was_silent_and_speaks_again_is_here_again() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    part(net, ada, cleo)
    part(net, ben, cleo)
    await net.pass_time(2 * SILENT_MS)
    assert cleo.sid not in ada.group.roster
    assert cleo.group.roster == [cleo.sid]
    net.cut.clear()
    await net.pass_time(SOON_MS)
    assert net.agreed()


async def test_who_said_goodbye_or_was_removed_is_brought_back_by_nothing() -> None:
    net, (ada, ben, cleo, dan) = await room_of(4)
    ada.group.gone(cleo.sid, net.now_ms, True)
    await sought(net, ada, dan)
    ada.decided.out.add(dan.session.me.sub)
    ada.group._keyring.presence._sought[cleo.sid] = 1
    for seat in (cleo, dan):
        await ada.group.receive(ben.sid, await pulse_of(seat, net.now_ms + 1), net.now_ms + 1)
        assert not ada.group._keyring.membership.is_present(seat.sid)


async def sought(net: Net, ada: Seat, dan: Seat) -> None:
    """Ada was told that Dan left, and asks after him."""
    await net.carry(ada, await ada.group.drop(dan.sid, net.now_ms))
    step = await ada.group.tick(net.now_ms + STATE_INTERVAL_MS)
    assert len([blob for blob in step.blobs if blob.blob[0] == SEEK]) == 2


async def test_a_sign_of_life_from_before_they_went_brings_nobody_back() -> None:
    net, (ada, ben, dan) = await room_of(3)
    await sought(net, ada, dan)
    assert await refused(net, ada, ben, await pulse_of(dan, net.now_ms)) == []
    assert dan.sid not in [peer.sid for peer in ada.group.members()]
    await ada.group.receive(ben.sid, await pulse_of(dan, net.now_ms + 1), net.now_ms + 1)
    assert dan.sid in [peer.sid for peer in ada.group.members()]


@pytest.mark.parametrize("wrong", ["forged", "future", "unasked", "unknown"])
async def test_a_false_sign_of_life_is_refused(wrong: str) -> None:
    net, (ada, ben, dan) = await room_of(3)
    if wrong != "unasked":
        await sought(net, ada, dan)
    at_ms = net.now_ms + (CLOCK_SKEW_MS + 1 if wrong == "future" else 1)
    sid = "ab" * 16 if wrong == "unknown" else dan.sid
    blob = await pulse_of(ben if wrong == "forged" else dan, at_ms, sid)
    assert await refused(net, ada, ben, blob) == ([] if wrong == "unknown" else [PULSE_FALSE])


async def test_nobody_makes_another_ask_or_sign_too_often() -> None:
    """Or a liar would have one member use up what another takes of it."""
    net, (ada, ben, cleo) = await room_of(3)
    steps = [await ada.group.receive(ben.sid, write_seek(cleo.sid, 0), net.now_ms) for _ in range(9)]
    assert [blob.to_sid for step in steps for blob in step.blobs] == [cleo.sid]
    told = [await ada.group.receive(ben.sid, write_seek(ada.sid, 0), net.now_ms + late) for late in range(9)]
    assert len({blob.blob for step in told for blob in step.blobs if blob.blob[0] == PULSE}) == 1


async def test_who_is_asked_after_somebody_whom_they_do_not_hear_asks_on() -> None:
    """Not of who asks, and not after somebody whom they saw go."""
    net, (ada, ben, cleo, dan) = await room_of(4)
    late_ms = net.now_ms + HEARD_MS
    await ada.group.receive(cleo.sid, write_seek(cleo.sid, 0), late_ms)
    step = await ada.group.receive(ben.sid, write_seek(dan.sid, 0), late_ms)
    assert [blob.to_sid for blob in step.blobs if blob.blob[0] == SEEK] == [dan.sid, cleo.sid]
    await ada.group.drop(dan.sid, late_ms)
    step = await ada.group.receive(ben.sid, write_seek(dan.sid, 0), late_ms + STATE_INTERVAL_MS)
    assert [blob.to_sid for blob in step.blobs if blob.blob[0] == SEEK] == []


async def test_each_is_asked_twice_and_then_another() -> None:
    net, (ada, ben, cleo, dan) = await room_of(4)
    await net.carry(ada, await ada.group.drop(dan.sid, net.now_ms))
    asked: list[str] = []
    for _ in range(5):
        net.now_ms += STATE_INTERVAL_MS
        for seat in (ben, cleo):
            await ada.group.receive(seat.sid, write_seek(seat.sid, 0), net.now_ms)
        step = await ada.group.tick(net.now_ms)
        asked += [blob.to_sid for blob in step.blobs if blob.blob[0] == SEEK and blob.to_sid != dan.sid]
    first, second = sorted([ben.sid, cleo.sid])
    assert asked == [first, second, second, first, first]


async def test_nobody_asks_while_everybody_is_heard() -> None:
    net, _ = await room_of(3)
    net.kinds.clear()
    await net.pass_time(2 * SILENT_MS)
    assert net.kinds == {STATE}
