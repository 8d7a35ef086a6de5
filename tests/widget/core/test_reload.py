"""A page that is loaded anew is back in its room, with its talk and with what had not gone out."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.liar import event, tell
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.tabs import SAVED_MS, cut_off, gone_at, joined_by_eve, kept, mend, reload, two
from tests.fakes.world import World
from widget.model import ChatMessage
from widget.room.limits import LATE_MS, RESUME_MS, SAVE_SOON_MS

TEN_MINUTES_MS = 600_000
HOUR_MS = 3_600_000


@pytest.mark.parametrize("public", [True, False])
async def test_a_page_that_is_loaded_anew_is_back_in_its_room(world: World, public: bool) -> None:
    storage, ann, bob = await two(world, public=public)
    await ann.chat.send_message("before")
    await world.clock.advance(300)
    await bob.chat.send_message("mine")
    await world.clock.advance(SAVED_MS)
    before, invite = bob.chat.get_state().room, bob.chat.get_invite()
    bob.chat.hide()
    bob.chat.destroy()
    await ann.chat.send_message("meanwhile")
    await world.clock.advance(2_000)
    again = await reload(world, bob, storage)
    assert again.texts == ["before", "mine"], "at once"
    assert before is not None
    shown = again.chat.get_state()
    assert shown.room is not None
    assert (shown.room.room_id, shown.room.custom_name, again.chat.get_invite(), shown.status) == (
        before.room_id, before.custom_name, invite, "connecting",
    )  # fmt: skip
    assert [(person.user_name, person.is_me) for person in shown.participants] == [("Bob", True)]
    await world.clock.advance(5_000)
    assert again.texts == ann.texts == ["before", "mine", "meanwhile"]
    assert again.chat.get_state().status == "connected"
    heard = again.heard("message:received")
    assert [message.content for message in heard if isinstance(message, ChatMessage)] == ["meanwhile"]
    assert ann.news == ["Bob joined."]
    assert again.news == []
    await again.chat.send_message("here again")
    await world.clock.advance(500)
    assert ann.texts[-1:] == ["here again"]


async def test_joining_the_room_that_one_is_coming_back_to_is_the_same(world: World) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("before")
    await world.clock.advance(SAVED_MS)
    again = await reload(world, bob, storage)
    room = ann.chat.get_state().room
    assert room is not None
    joins = world.signaling.joins
    assert (await world.run(again.chat.join_room(room.room_id))).room_id == room.room_id
    assert again.texts == ["before"]
    assert world.signaling.joins - joins <= 1
    assert again.heard("room:change")[-1] is not None
    await world.clock.advance(61_000)
    assert ann.news == ["Bob joined."]


@pytest.mark.parametrize("call", ["leave_room", "logout"])
async def test_a_way_back_that_one_ends_oneself_is_no_error(world: World, call: str) -> None:
    storage, _, bob = await two(world)
    await world.clock.advance(SAVED_MS)
    again = await reload(world, bob, storage)
    assert again.chat.get_state().status == "connecting"
    await world.run(getattr(again.chat, call)())
    await world.clock.advance(5_000)
    assert again.errors == []
    assert again.chat.get_state().status == "disconnected"


@pytest.mark.parametrize("is_event", [True, False])
async def test_what_had_not_gone_out_is_sent_once(world: World, is_event: bool) -> None:
    storage, ann, bob = await two(world)
    bob = await cut_off(world, bob, storage, is_event)
    await bob.chat.send_message("on my way")
    await world.clock.advance(SAVE_SOON_MS + 10)
    bob.chat.hide()
    bob.chat.destroy()
    mend(world)
    await world.clock.advance(20_000)  # Ann is back
    again = await reload(world, bob, storage)
    assert [(line.content, line.delivery) for line in again.messages] == [("on my way", "sending")]
    await world.clock.advance(RESUME_MS - 2_000)
    assert ann.texts == again.texts == ["on my way"], "once copies are equal there is nothing to wait for"
    await world.clock.advance(RESUME_MS)
    assert ann.texts == again.texts == ["on my way"]
    assert again.deliveries in (["sent"], ["delivered"])


@pytest.mark.parametrize("lost", ["all", "state"])
async def test_what_had_just_gone_out_is_not_said_twice(world: World, lost: str) -> None:
    """The page goes between the word to the others and the word to the disk, or between two of those."""
    storage, ann, bob = await two(world)
    bob = await cut_off(world, bob, storage, False)
    await bob.chat.send_message("once")
    await world.clock.advance(SAVED_MS)
    before = dict(storage.records)  # the text waits in it
    mend(world)
    await world.clock.advance(40_000)
    assert ann.texts == bob.texts == ["once"]
    names = [name for name in storage.records if lost == "all" or name.endswith(" state")]
    old = {name: before[name] for name in names if name in before}
    new = {} if lost == "all" else {name: value for name, value in storage.records.items() if name not in old}
    again = await gone_at(world, bob, storage, {**new, **old})
    assert len(again.texts) == 1
    for _ in range(10):
        await world.clock.advance(3_000)
        assert ann.texts == ["once"]
    assert again.texts == ["once"]


async def test_how_far_a_message_got_is_still_true(world: World) -> None:
    storage, ann, bob = await two(world)
    await bob.chat.send_message("heard")
    await world.clock.advance(4_000)
    await ann.chat.leave_room()
    await world.clock.advance(2_000)
    await bob.chat.send_message("into the void")
    await world.clock.advance(1_000)
    assert bob.deliveries == ["delivered", "unheard"]
    again = await reload(world, bob, storage)
    assert again.deliveries == ["delivered", "unheard"]
    await world.clock.advance(RESUME_MS + 10_000)
    assert again.deliveries == ["delivered", "unheard"]


async def test_a_chat_that_ended_before_it_was_back_leaves_the_room_to_the_next(world: World) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("before")
    await world.clock.advance(SAVED_MS)
    bob.chat.destroy()
    first = world.chat("Bob", storage=storage)
    restoring = asyncio.ensure_future(first.chat.restore())
    await asyncio.sleep(0)
    first.chat.destroy()
    assert (await world.failing(_waited(restoring))).code == "order.destroyed"
    again = world.chat("Bob", storage=storage)
    assert await world.run(again.chat.restore())
    assert again.texts == ["before"]
    assert first.chat.get_state().room is None


async def _waited(task: asyncio.Future[bool]) -> bool:
    return await task


async def test_what_was_said_alone_reaches_who_comes_after_a_reload(world: World) -> None:
    storage = MemoryStorage()
    ann, bob = await world.person("Ann"), await world.person("Bob", storage=storage)
    room = await world.run(bob.chat.create_room("Room", True, "session"))
    await bob.chat.send_message("hello?")
    await world.clock.advance(SAVED_MS)
    again = await reload(world, bob, storage)
    await world.clock.advance(5_000)
    assert again.deliveries == ["unheard"]
    await world.run(ann.chat.join_room(room.room_id))
    await world.clock.advance(8_000)
    assert ann.texts == ["hello?"]
    assert again.deliveries == ["sent"]


async def test_a_liar_is_known_after_a_reload(world: World) -> None:
    storage, ann, bob = await two(world)
    eve = await joined_by_eve(world, ann)
    await tell(eve, [await event(eve, "one story", 1)], ann, bob)
    await world.clock.advance(500)
    await tell(eve, [await event(eve, "another", 1)], bob)
    await world.clock.advance(500)
    assert bob.texts == []
    await world.clock.advance(SAVED_MS)
    ann.chat.destroy()
    again = await reload(world, bob, storage)
    assert again.texts == []
    await world.clock.advance(5_000)
    await tell(eve, [await event(eve, "a third", 1)], again)
    await world.clock.advance(5_000)
    assert again.texts == []


async def test_marks_of_a_line_outlive_a_reload(world: World) -> None:
    storage, ann, bob = await two(world)
    eve = await joined_by_eve(world, ann)
    for text in ("first", "second"):
        await ann.chat.send_message(text)
        await world.clock.advance(500)
    await world.clock.advance(LATE_MS)
    await tell(eve, [await event(eve, "back-dated", 1, clock=1)], bob)
    await world.clock.advance(1_000)
    before = [(line.content, line.flags) for line in bob.messages if line.type == "message"]
    assert ("back-dated", ["late"]) in before
    again = await reload(world, bob, storage)
    assert [(line.content, line.flags) for line in again.messages] == before


async def test_a_clock_that_is_set_wrong_meanwhile_costs_nothing(world: World) -> None:
    """By ten minutes nobody notices; by an hour nothing can be proved with it, until it is right again."""
    storage, ann, bob = await two(world)
    await ann.chat.send_message("one")
    await world.clock.advance(500)
    await bob.chat.send_message("two")
    await world.clock.advance(SAVED_MS)
    for wrong_ms in (-TEN_MINUTES_MS, TEN_MINUTES_MS):
        again = await reload(world, bob, storage, wrong_ms=wrong_ms)
        assert again.texts == ["one", "two"]
        assert [line.flags for line in again.messages if line.type == "message"] == [[], []]
        await world.clock.advance(5_000)
        bob = again
    bob.chat.destroy()
    for hours in (-1, 1):
        wrong = world.chat("Bob", storage=storage, wrong_ms=hours * HOUR_MS)
        error = await world.failing(wrong.chat.restore())
        assert error.code == "seal.stale"
        assert len(kept(storage)) > 0
        wrong.chat.destroy()
    again = world.chat("Bob", storage=storage)
    assert await world.run(again.chat.restore())
    assert again.texts == ["one", "two"]
    await world.clock.advance(5_000)
    await ann.chat.send_message("three")
    await world.clock.advance(1_000)
    assert again.texts == ["one", "two", "three"]
