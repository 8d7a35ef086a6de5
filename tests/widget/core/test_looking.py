"""A look into a room by who has not signed in: what the core makes of it, whatever the clocks show."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.world import Someone, World
from tests.widget.core.test_ended_devices import ENDED, end
from widget.model import RoomLook
from widget.room.limits import SHOW_EACH_MS, SHOWS_BURST


@pytest.mark.parametrize("wrong_ms", [0, -600_000, 600_000])
async def test_a_visitor_sees_what_members_see(world: World, wrong_ms: int) -> None:
    ann, ben = await world.person("Ann"), await world.person("Ben")
    room = await world.run(ann.chat.create_room("Kitchen", preview=True))
    await world.run(ben.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    await ann.chat.send_message("hello")
    await ben.chat.send_message("good morning")
    await world.clock.advance(1_000)
    visitor = world.chat("Vic", wrong_ms=wrong_ms).chat
    assert [room.preview for room in await world.run(visitor.get_active_rooms())] == [True]
    look = await world.run(visitor.look(room.room_id))
    lines = [line for line in ann.chat.get_state().messages if line.type == "message"]
    assert [(line.id, line.content) for line in look.messages] == [(line.id, line.content) for line in lines]
    assert (look.shown_by, {line.mine for line in look.messages}) == ("Ann", {False})


@pytest.mark.parametrize(("more", "answers"), [(-1, SHOWS_BURST - 1), (0, SHOWS_BURST), (1, SHOWS_BURST)])
async def test_a_member_shows_it_so_often_at_once(world: World, more: int, answers: int) -> None:
    ann = await world.person("Ann")
    room = await world.run(ann.chat.create_room("Kitchen", preview=True))
    visitor = world.chat("Vic").chat
    looks: list[asyncio.Future[RoomLook]] = []
    for _ in range(SHOWS_BURST + more):
        looks.append(asyncio.ensure_future(visitor.look(room.room_id)))
        await world.clock.advance(100)
    assert [look.done() for look in looks].count(True) == answers
    assert not any(look.cancel() for look in looks[:answers])
    assert all(look.cancel() for look in looks[answers:])


async def test_a_member_shows_it_again_after_a_while(world: World) -> None:
    ann = await world.person("Ann")
    room = await world.run(ann.chat.create_room("Kitchen", preview=True))
    visitor = world.chat("Vic").chat
    for _ in range(SHOWS_BURST):
        assert (await world.run(visitor.look(room.room_id))).messages == []
    late = visitor.look(room.room_id)
    await world.clock.advance(SHOW_EACH_MS)
    assert (await world.run(late)).shown_by == "Ann"


async def test_why_nothing_is_shown_is_said(world: World) -> None:
    ann = await world.person("Ann")
    closed = await world.run(ann.chat.create_room("Closed"))
    visitor = world.chat("Vic").chat
    for address, code in ((closed.room_id, "visit.closed"), ("a" * 26, "room.unknown"), ("nowhere", "room.address")):
        assert (await world.failing(visitor.look(address))).code == code
    opened = await world.run(ann.chat.create_room("Open", preview=True))
    await world.run(ann.chat.leave_room())
    await world.clock.advance(20_000)
    assert (await world.failing(visitor.look(opened.room_id))).code == "visit.nobody"


async def shown(world: World, *names: str) -> tuple[list[Someone], str]:
    """These, in a room that visitors may look into, where each has spoken."""
    people = [await world.person(name) for name in names]
    room = await world.run(people[0].chat.create_room("Kitchen", preview=True))
    for someone in people[1:]:
        await world.run(someone.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    for someone in people:
        await someone.chat.send_message(f"by {someone.name}")
    await world.clock.advance(1_000)
    return people, room.room_id


@pytest.mark.parametrize("listed", [True, False], ids=["the list comes", "there is none"])
async def test_what_an_ended_device_says_after_its_end_is_not_believed(world: World, listed: bool) -> None:
    (ann, eve), room_id = await shown(world, "Ann", "Eve")
    end(world, eve)
    await world.clock.advance(2_000)
    await eve.chat.send_message("too late")
    await world.clock.advance(1_000)
    assert ann.texts[2:] == ["too late"], "members hear of it within a minute"
    if not listed:
        world.auth.refuse[ENDED] = "internal"
    look = await world.run(world.chat("Vic").chat.look(room_id))
    assert [line.content for line in look.messages] == ann.texts[: 2 if listed else 3]


async def test_an_ended_device_shows_nothing(world: World) -> None:
    (eve,), room_id = await shown(world, "Eve")
    visitor = world.chat("Vic").chat
    assert len((await world.run(visitor.look(room_id))).messages) == 1
    end(world, eve)
    assert (await world.failing(visitor.look(room_id))).code == "visit.false"
