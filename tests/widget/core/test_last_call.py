"""Of the calls that lead into rooms and out of them the last one counts, however far those before it have come."""

from __future__ import annotations

import asyncio
from datetime import UTC

import pytest

from tests.fakes.core import FakePage
from tests.fakes.world import Someone, World
from widget.errors import StoppedError
from widget.native.language import English
from widget.ui.app import App

pytestmark = pytest.mark.no_cover

STEPS = [0, 1, 5, 10, 15, 20, 30, 40, 60, 80, 120]


def shown(someone: Someone) -> App:
    """The screen of who is signed in."""
    app = App(someone.chat, someone.platform.clock, FakePage(), English(UTC), False, "")
    app.on_state(someone.chat.get_state())
    return app


def where(world: World, someone: Someone) -> list[str]:
    """The names of the rooms that one sits in, at the service."""
    sub = someone.chat.get_state().user_id
    places = world.signaling.rooms.values()
    return [place.record.name for place in places for seat in place.seats.values() if seat.member.sub == sub]


async def walk(world: World, steps: int) -> None:
    for _ in range(steps):
        await world.clock.step()


@pytest.mark.parametrize("steps", STEPS)
async def test_the_last_room_that_the_page_names_is_the_one(world: World, steps: int) -> None:
    ann = await world.person("Ann")
    app = shown(ann)
    for name in ("name:one", "name:two", "name:three"):
        app.enter(name)
        await walk(world, steps)
    await world.clock.advance(20_000)
    assert where(world, ann) == ["three"]
    room = ann.chat.get_state().room
    assert room is not None
    assert room.custom_name == "three"
    assert (ann.errors, app._destination.way.busy) == ([], False)


@pytest.mark.parametrize("steps", STEPS)
async def test_who_leaves_on_the_way_into_a_room_is_in_none(world: World, steps: int) -> None:
    ann = await world.person("Ann")
    shown(ann).enter("name:one")
    await walk(world, steps)
    await world.run(ann.chat.leave_room())
    await world.clock.advance(20_000)
    assert where(world, ann) == []
    assert (ann.chat.get_state().room, ann.chat.get_state().status, ann.errors) == (None, "disconnected", [])
    assert ann.chat.wanted() == "", "nor after a reload"


@pytest.mark.parametrize("steps", STEPS)
async def test_of_two_rooms_the_last_one_joined_counts(world: World, steps: int) -> None:
    ann = await world.person("Ann")
    first = asyncio.ensure_future(ann.chat.join_room("name:one"))
    await walk(world, steps)
    assert (await world.run(ann.chat.join_room("name:two"))).custom_name == "two"
    await world.clock.advance(20_000)
    assert where(world, ann) == ["two"]
    assert first.exception() is None or isinstance(first.exception(), StoppedError)
