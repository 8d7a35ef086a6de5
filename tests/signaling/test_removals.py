"""Whoever was removed from a room is out on every worker; and who may come back how."""

from __future__ import annotations

import pytest

from tests.signaling.removing import DONE, OUT, MakeWorld, are_connected, kept_out, key, three
from tests.signaling.world import World
from widget.wire.socket import PeerJoined, PeerLeft, Signal

pytestmark = pytest.mark.no_cover


# Who goes


@pytest.mark.parametrize("ban", [True, False])
@pytest.mark.parametrize(("of_ben", "of_the_call"), [(0, 0), (1, 0), (0, 1), (1, 1)])
async def test_who_is_removed_is_told_and_cut_off_wherever_they_are(
    make_world: MakeWorld, of_ben: int, of_the_call: int, ban: bool
) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, third = await three(world, of_ben)
    assert await ada.remove(first.room, ben, ban, worker=of_the_call) == DONE
    said = await second.problem()
    assert (said.code, said.detail) == ("room.removed", "Ask the host to let you in again.")
    assert await second.raw() == ""
    assert await second.closed() == 4411
    assert await first.read() == PeerLeft(second.sid)
    assert await third.read() == PeerLeft(second.sid)
    roster = await world.worker.store.roster(first.room)
    assert roster is not None
    assert set(roster.members) == {first.sid, third.sid}
    # Those who stay hear each other, and go on in the count of changes.
    first.signal(third.sid)
    assert await third.read() == Signal(first.sid, "offer", "sdp")
    late = await world.member().join(first.room, of_ben)
    assert len(late.joined.members) == 2
    assert [type(await line.read()) for line in (first, third)] == [PeerJoined, PeerJoined]


async def test_every_session_of_the_person_in_this_room_goes_and_no_other(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    elsewhere = await ben.join(await ada.make())
    phone = await world.member("Ben", sub=ben.sub).join(first.room, 1)
    tab = await ben.join(first.room, 1)
    assert await ada.remove(first.room, ben) == DONE
    assert [await line.refused() for line in (second, phone, tab)] == [OUT, OUT, OUT]
    assert await elsewhere.echo() == []


async def test_who_was_cut_off_is_gone_at_once_and_does_not_resume(world: World) -> None:
    ada, first, ben, second, _ = await three(world)
    await second.cut()
    await are_connected(world, 2)
    assert await ada.remove(first.room, ben) == DONE
    assert await first.read() == PeerLeft(second.sid)
    assert await kept_out(ben, first.room, sid=second.sid, resume=second.joined.resume)


async def test_a_ticket_of_a_session_that_is_on_no_roster_is_void_too(world: World) -> None:
    ada, first, ben, second, _ = await three(world)
    await second.cut()
    await are_connected(world, 2)
    world.moment.go(11)
    assert await first.read() == PeerLeft(second.sid)
    assert await ada.remove(first.room, ben) == DONE
    assert await kept_out(ben, first.room, sid=second.sid, resume=second.joined.resume)


async def test_only_the_tickets_of_the_removed_are_void(make_world: MakeWorld) -> None:
    world = await make_world(joins_per_user_hour=1)
    ada, first, ben, second, third = await three(world)
    await third.cut()
    await are_connected(world, 2)
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
    await third.member.join(first.room, sid=third.sid, resume=third.joined.resume)
    sight = await world.worker.store.look(second.room, second.sid, "0" * 32)
    assert sight is not None
    assert await world.stores[0].command("HEXISTS", key("tickets", first.room), second.sid) == 0


# Who comes back


@pytest.mark.parametrize("workers", [1, 2])
async def test_without_a_ban_the_person_comes_in_as_somebody_new_and_not_as_before(
    make_world: MakeWorld, workers: int
) -> None:
    world = await make_world(workers=workers)
    ada, first, ben, second, _ = await three(world)
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
    for resume in ("", second.joined.resume):
        assert await kept_out(ben, first.room, workers - 1, second.sid, resume)
    again = await ben.join(first.room, workers - 1)
    assert len(again.joined.members) == 2
    assert await again.echo() == []


async def test_who_is_banned_does_not_come_in_by_any_device_until_let_back_in(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    assert await ada.remove(first.room, ben, ban=True) == DONE
    assert await second.refused() == OUT
    phone = world.member("Ben", sub=ben.sub)
    for person, worker in ((ben, 0), (ben, 1), (phone, 0), (phone, 1)):
        assert await kept_out(person, first.room, worker)
    assert await ada.remove(first.room, ben, lift=True, worker=1) == DONE
    assert await kept_out(ben, first.room, sid=second.sid, resume=second.joined.resume)
    await ben.join(first.room)
    await phone.join(first.room, 1)


async def test_who_never_was_there_is_banned_as_well_and_nobody_else(world: World) -> None:
    ada, first, _, _, _ = await three(world)
    eve = world.member("Eve")
    other = await ada.make()
    assert await ada.remove(first.room, eve, ban=True) == DONE
    assert await ada.remove(first.room, eve, ban=True) == DONE
    assert await kept_out(eve, first.room)
    await eve.join(other)
    await world.member("Eve").join(first.room)


async def test_a_removal_without_a_ban_lifts_none(world: World) -> None:
    ada, first, ben, _, _ = await three(world)
    for ban in (True, False):
        assert await ada.remove(first.room, ben, ban) == DONE
    assert await kept_out(ben, first.room)


async def test_letting_in_who_was_never_out_changes_nothing(world: World) -> None:
    ada, first, ben, second, _ = await three(world)
    assert await ada.remove(first.room, ben, lift=True) == DONE
    assert await second.echo() == []
    assert await first.echo() == []


async def test_the_id_of_an_ended_session_is_closed_to_its_person_alone(world: World) -> None:
    """Else somebody could get hold of another's id, be removed, and lock them out with it."""
    ada, first, ben, second, _ = await three(world)
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
    await world.member("Eve").join(first.room, sid=second.sid)
