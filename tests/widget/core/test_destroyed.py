"""A chat that is closed on its way into a room is in none afterwards, wherever on that way it was."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from datetime import UTC

import pytest

from tests.fakes.core import FakePage
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.tabs import SAVED_MS, two
from tests.fakes.world import Someone, World
from widget.chat.chat import ChatCore
from widget.errors import ChatError, StoppedError
from widget.native.language import English
from widget.ui.app import App

pytestmark = pytest.mark.no_cover

A_WHILE_MS = 15_000
MOST_STEPS = 2_000
Way = Callable[[Someone, str], Awaitable[object]]


class SlowStorage(MemoryStorage):
    """Answers a moment later, as a disk does."""

    async def load(self, name: str) -> bytes | None:
        await asyncio.sleep(0)
        return await super().load(name)

    async def kept(self, folder: str) -> list[bytes]:
        await asyncio.sleep(0)
        return await super().kept(folder)


async def join(someone: Someone, room: str) -> None:
    await someone.chat.join_room(room)


async def join_place(someone: Someone, room: str) -> None:
    await someone.chat.join_room("name:lounge")


async def create(someone: Someone, room: str) -> None:
    await someone.chat.create_room("Mine")


async def move(someone: Someone, room: str) -> None:
    """Out of one room into the other."""
    await someone.chat.create_room("Mine")
    await someone.chat.join_room(room)


async def come_back(someone: Someone, room: str) -> None:
    await someone.chat.authenticate()


async def set_room(someone: Someone, room: str) -> None:
    """As the page's call does; nobody awaits it."""
    app = App(someone.chat, someone.platform.clock, FakePage(), English(UTC), False, "")
    app.on_state(someone.chat.get_state())
    app.enter(room)
    app.enter("name:lounge")


def left_over(world: World, someone: Someone, sub: str) -> list[object]:
    """What there is still of someone in any room: seats at the service, a session, a room on the screen."""
    places = world.signaling.rooms.values()
    seats = [seat.member.sid for place in places for seat in place.seats.values() if seat.member.sub == sub]
    mine = [someone.chat._rooms.session, someone.chat._rooms._talk, someone.chat.get_state().room]
    return [*seats, *[part for part in mine if part is not None]]


async def destroyed_at(world: World, someone: Someone, way: Way, room: str, steps: int) -> str:
    """What `way` ended with when the chat was destroyed after so many steps; "" when it was done before."""
    task = asyncio.ensure_future(way(someone, room))
    for _ in range(steps):
        await world.clock.step()
    someone.chat.destroy()
    was_done = task.done() and way is not set_room
    await world.clock.advance(A_WHILE_MS)
    error = task.exception()
    assert error is None or isinstance(error, ChatError)
    return "" if was_done or error is None else error.code


@pytest.mark.parametrize("way", [join, join_place, create, move])
async def test_whoever_is_closed_on_the_way_in_is_in_no_room(world: World, way: Way) -> None:
    ann = await world.person("Ann")
    room = (await world.run(ann.chat.create_room("Room"))).room_id
    for steps in range(MOST_STEPS):
        someone = await world.person("Bob", storage=SlowStorage())
        code = await destroyed_at(world, someone, way, room, steps)
        assert (steps, left_over(world, someone, someone.chat.get_state().user_id), ann.links) == (steps, [], {})
        if code == "":
            break
        assert (steps, code) == (steps, "order.destroyed")
    assert 20 < steps < MOST_STEPS - 1
    assert ann.errors == []


async def test_where_the_page_sends_one_ends_with_the_chat(world: World) -> None:
    ann = await world.person("Ann")
    room = (await world.run(ann.chat.create_room("Room"))).room_id
    for steps in range(150):
        someone = await world.person("Bob")
        await destroyed_at(world, someone, set_room, room, steps)
        assert (steps, left_over(world, someone, someone.chat.get_state().user_id), ann.links) == (steps, [], {})


async def test_whoever_is_closed_on_the_way_back_is_in_no_room_and_the_next_one_comes_back(world: World) -> None:
    storage, ann, bob = await two(world)
    await world.clock.advance(SAVED_MS)
    sub = bob.chat.get_state().user_id
    bob.chat.hide()
    bob.chat.destroy()
    await world.clock.advance(500)
    codes = []
    for steps in range(100):
        again = world.chat("Bob", storage=storage)
        codes.append(await destroyed_at(world, again, come_back, "", steps))
        assert (steps, left_over(world, again, sub), ann.links) == (steps, [], {})
    assert codes.index("") > 10
    assert set(codes[: codes.index("")]) == {"order.destroyed"}
    assert set(codes[codes.index("") :]) == {""}, "signed in, and perhaps not in the room yet"
    last = world.chat("Bob", storage=storage)
    await world.run(last.chat.authenticate())
    await world.clock.advance(5_000)
    assert last.chat.get_state().status == "connected"


async def test_who_is_closed_on_the_way_out_of_a_room_leaves_it_to_the_next(world: World) -> None:
    storage, ann, bob = await two(world)
    await world.clock.advance(SAVED_MS)
    here = ann.chat.get_state().room
    going = asyncio.ensure_future(bob.chat.join_room("name:lounge"))
    await world.clock.settle()
    bob.chat.destroy()
    await world.clock.advance(A_WHILE_MS)
    assert isinstance(going.exception(), StoppedError)
    again = world.chat("Bob", storage=storage)
    await world.run(again.chat.authenticate())
    assert here is not None
    room = again.chat.get_state().room
    assert room is not None
    assert room.room_id == here.room_id


async def test_who_is_closed_while_the_sign_in_comes_back_takes_no_place_on_the_disk(world: World) -> None:
    storage, _, bob = await two(world)
    await world.clock.advance(SAVED_MS)
    bob.chat.hide()
    bob.chat.destroy()
    again = world.chat("Bob", storage=storage)
    coming = asyncio.ensure_future(again.chat.authenticate())
    for _ in range(3):
        await world.clock.step()
    again.chat.destroy()
    noted = dict(storage.notes)
    await world.clock.advance(A_WHILE_MS)
    assert isinstance(coming.exception(), StoppedError)
    assert storage.notes == noted != {}


async def test_a_closed_chat_asks_nobody(world: World) -> None:
    bob = await world.person("Bob")
    bob.chat.destroy()
    calls = list(world.signaling.calls)
    for call in (bob.chat.join_room("name:lounge"), bob.chat.create_room("Mine"), bob.chat.get_active_rooms()):
        assert (await world.failing(call)).code == "order.destroyed"
    assert (world.signaling.calls, bob.errors) == (calls, [])


def calls_of(chat: ChatCore) -> list[Callable[[], object]]:
    """All that a page can have done, but to look at the state and to destroy it once more."""
    return [
        lambda: chat.join_room("name:lounge"), chat.create_room, chat.leave_room, lambda: chat.send_message("hello"),
        chat.get_active_rooms, lambda: chat.look("x"), lambda: chat.parse_emotes("x"), chat.get_invite,
        chat.renew_invite, chat.set_emotes, chat.authenticate, lambda: chat.identify("token"), chat.logout,
        chat.devices, lambda: chat.end_device("x"), lambda: chat.approve_device("x"),
        lambda: chat.remove_member("x"), lambda: chat.readmit_member("x"), lambda: chat.set_moderator("x", True),
        lambda: chat.approve("x"), lambda: chat.safety_number("x"), lambda: chat.compare("x", True), chat.room_code,
        lambda: chat.subscribe(lambda state: None), lambda: chat.on("error", lambda error: None), chat.check,
    ]  # fmt: skip


async def test_every_call_of_a_closed_chat_says_that_it_is_closed(world: World) -> None:
    _, bob = await world.room("Ann", "Bob")
    bob.chat.want("soon")
    bob.chat.destroy()
    bob.chat.destroy()
    for number, call in enumerate(calls_of(bob.chat)):
        code = ""
        try:
            result = call()
            if inspect.isawaitable(result):
                await world.run(asyncio.wait_for(result, None))
        except ChatError as error:
            code = error.code
        assert (number, code) == (number, "order.destroyed")
    assert (bob.chat.get_state().authenticated, bob.chat.is_authenticated()) == (True, True)
    assert bob.chat.wanted() == "soon", "is the next one's"


async def test_a_site_that_signs_out_meanwhile_signs_out_whom_a_closed_chat_left(world: World) -> None:
    storage = MemoryStorage()
    bob = await world.person("Bob", storage=storage)
    bob.chat.destroy()
    await world.run(bob.chat.sign_out(False))
    assert storage.personal() == []


async def test_a_session_that_was_to_take_over_ends_too(world: World) -> None:
    _, bob = await world.room("Ann", "Bob")
    world.signaling.join_ms = 5_000
    renewing = asyncio.ensure_future(bob.chat._rooms.renew(bob.stay.plan))
    await world.clock.advance(1_000)
    joins = world.signaling.joins
    bob.chat.destroy()
    await world.clock.advance(A_WHILE_MS)
    assert renewing.done()
    assert world.signaling.joins == joins
