"""Thirty people behind one address, with the limits as they are shipped; and what these still stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from signaling.limits import Limits
from tests.fakes.effort import many
from tests.signaling.member import Line, Member
from tests.signaling.world import World
from widget.ui.room_list import POLL_MS
from widget.wire.socket import Joined, PeerJoined

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]

SHIPPED = Limits().model_dump()
CLASS = 30
LOOKS_A_MINUTE = 60_000 // POLL_MS
# What the site's owner is promised, by night and alone. By day the cores are shared with other tests: there only what
# the limits refuse or put off for long is seen.
JOINED_WITHIN_S = many(usual=30, nightly=3)


def test_limits_leave_room_for_a_class_with_two_pages_each() -> None:
    limits = Limits()
    for allowed in (limits.unauthenticated_per_ip, limits.sockets_per_ip):
        assert allowed >= CLASS * 2
    assert limits.listings_per_ip_min >= CLASS * 2 * LOOKS_A_MINUTE
    # And a class may be refused as a whole, each of them with a reason.
    assert limits.refusals_per_ip >= CLASS


async def enter(member: Member, room: str, worker: int) -> Line:
    """As a page does it: look at the list, then join."""
    server = member.world.servers[worker]
    listed = await server.http.get("/rooms", headers={"origin": member.origin})
    assert listed.status_code == 200
    return await member.join(room, worker)


@pytest.mark.parametrize("workers", [1, 2])
async def test_thirty_people_behind_one_address_are_in_at_once(
    make_world: MakeWorld, workers: int
) -> None:
    world = await make_world(workers, **SHIPPED)
    people = [world.member(f"m{number}") for number in range(CLASS)]
    rooms = [await people[number].make(f"room {number}") for number in range(2)]
    async with asyncio.timeout(JOINED_WITHIN_S):
        lines = await asyncio.gather(
            *[enter(person, rooms[number % 2], number % workers) for number, person in enumerate(people)]
        )
    for room in rooms:
        roster = await world.worker.store.roster(room)
        assert roster is not None
        assert len(roster.members) == CLASS / 2
    # The first of each room heard of the others, the last was told of them.
    for line in lines:
        known = {member.sid for member in line.joined.members}
        while len(known) < CLASS / 2 - 1:
            said = await line.read()
            assert isinstance(said, PeerJoined), said
            known.add(said.member.sid)


async def test_a_class_whose_network_was_away_is_back_at_once(make_world: MakeWorld) -> None:
    world = await make_world(2, **SHIPPED)
    people = [world.member(f"m{number}") for number in range(CLASS)]
    rooms = [await people[number].make() for number in range(2)]
    lines = [await person.join(rooms[number % 2]) for number, person in enumerate(people)]
    # Nobody has noticed yet that the old sockets are dead, and everybody tries twice.
    for _ in range(2):
        async with asyncio.timeout(JOINED_WITHIN_S):
            lines = await asyncio.gather(
                *[line.member.join(line.room, 1, sid=line.sid, resume=line.joined.resume) for line in lines]
            )
    assert [len(line.joined.members) for line in lines] == [CLASS / 2 - 1] * CLASS


async def test_a_user_behind_that_address_is_still_held_to_their_own_limits(make_world: MakeWorld) -> None:
    world = await make_world(**SHIPPED)
    ada = world.member()
    room = await ada.make()
    lines = [await ada.open() for _ in range(7)]
    for line in lines:
        line.auth(room)
    said = [await line.read() for line in lines]
    assert [type(message) for message in said].count(Joined) == Limits().sockets_per_user
