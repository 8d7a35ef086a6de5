"""Removals while somebody comes, and news of them that is late or lost: nobody slips in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from signaling.store import Entry, Outcome
from tests.signaling.member import Line
from tests.signaling.removing import DONE, OUT, MakeWorld, kept_out, three
from tests.signaling.world import World, until
from widget.wire.socket import Joined, PeerJoined, PeerLeft

pytestmark = pytest.mark.no_cover


def slip_in(world: World, before: bool, between: Callable[[], Awaitable[Any]]) -> None:
    """Do `between` right before or right after the next atomic step of coming in on the second worker."""
    store = world.servers[1].worker.store
    join = store.join

    async def joining(room_id: str, entry: Entry) -> Outcome:
        store.join = join  # type: ignore[method-assign]
        if before:
            await between()
        outcome = await join(room_id, entry)
        if not before:
            await between()
        return outcome

    store.join = joining  # type: ignore[method-assign]


@pytest.mark.parametrize("resumes", [True, False])
async def test_a_ban_just_before_somebody_is_in_keeps_them_out(make_world: MakeWorld, resumes: bool) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    slip_in(world, True, lambda: ada.remove(first.room, ben, ban=True))
    sid, resume = (second.sid, second.joined.resume) if resumes else (None, "")
    assert await kept_out(ben, first.room, 1, sid, resume)


async def test_a_removal_just_before_somebody_resumes_keeps_them_out(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    slip_in(world, True, lambda: ada.remove(first.room, ben))
    assert await kept_out(ben, first.room, 1, second.sid, second.joined.resume)


@pytest.mark.parametrize("ban", [True, False])
async def test_a_removal_just_after_somebody_is_in_puts_them_out(make_world: MakeWorld, ban: bool) -> None:
    world = await make_world(workers=2)
    ada, first, _, _, _ = await three(world)
    eve = world.member("Eve")
    hub = world.servers[1].worker.hub

    async def remove_and_be_heard() -> None:
        assert await ada.remove(first.room, eve, ban) == DONE
        (seat,) = hub.rooms[first.room].seats.values()
        await until(lambda: any(getattr(change, "removed", "") == eve.sub for change in seat.waiting))

    slip_in(world, False, remove_and_be_heard)
    line = await eve.open(1)
    line.auth(first.room)
    assert isinstance(await line.read(), Joined)
    assert await line.refused() == OUT
    assert [type(await first.read()) for _ in range(2)] == [PeerJoined, PeerLeft]


async def test_who_comes_in_after_a_removal_is_not_put_out_by_its_late_news(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    hub = world.servers[1].worker.hub
    heard, late = hub.heard, list[tuple[str, bytes]]()
    hub.heard = lambda room_id, data: late.append((room_id, data))  # type: ignore[method-assign]
    await world.member("Dee").join(first.room, 1)  # so that this worker listens to the room
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
    again = await ben.join(first.room, 1)
    await until(lambda: len(late) >= 4)
    hub.heard = heard  # type: ignore[method-assign]
    for news in late:
        hub.heard(*news)
    assert await again.echo() == []


async def test_nobody_slips_in_while_they_are_banned(make_world: MakeWorld) -> None:
    world = await make_world(workers=2, sockets_per_user=100)
    ada, first, ben, _, _ = await three(world)
    lines = [await ben.open(number % 2) for number in range(12)]

    async def enter(line: Line, after: int) -> None:
        for _ in range(after):
            await asyncio.sleep(0)
        line.auth(first.room)

    work = [enter(line, number * 8) for number, line in enumerate(lines)]
    await asyncio.gather(*work[:6], ada.remove(first.room, ben, ban=True), *work[6:])
    assert [await line.refused() for line in lines] == [OUT] * len(lines)
    roster = await world.worker.store.roster(first.room)
    assert roster is not None
    assert ben.sub not in {member.sub for member in roster.members.values()}


@pytest.mark.parametrize("ban", [True, False])
async def test_a_worker_that_missed_the_news_finds_out_at_the_next_beat(make_world: MakeWorld, ban: bool) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world, 1)
    world.servers[1].worker.hub.heard = lambda room_id, data: None  # type: ignore[method-assign]
    assert await ada.remove(first.room, ben, ban) == DONE
    assert await first.read() == PeerLeft(second.sid)
    second.say("beat")
    assert await second.refused() == OUT


@pytest.mark.parametrize("ban", [True, False])
async def test_a_worker_that_looks_at_the_roster_before_the_news_is_there_finds_out_by_it(
    make_world: MakeWorld, ban: bool
) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world, 1)
    hub = world.servers[1].worker.hub
    heard, late = hub.heard, list[tuple[str, bytes]]()
    hub.heard = lambda room_id, data: late.append((room_id, data))  # type: ignore[method-assign]
    assert await ada.remove(first.room, ben, ban) == DONE
    await until(lambda: len(late) == 2)
    hub.rooms[first.room].stale = True
    await until(lambda: not any(room.stale for room in hub.rooms.values()))
    for news in late:
        heard(*news)
    assert await second.refused() == OUT


async def test_news_of_a_removal_counts_though_others_before_it_were_missed(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world, 1)
    hub = world.servers[1].worker.hub
    heard, deaf = hub.heard, list[bytes]()
    hub.heard = lambda room_id, data: deaf.append(data)  # type: ignore[method-assign]
    await world.member("Dee").join(first.room)
    await until(lambda: len(deaf) == 1)
    hub.heard = heard  # type: ignore[method-assign]
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
