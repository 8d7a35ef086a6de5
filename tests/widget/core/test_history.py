"""What who comes later may read, by the policy of the room."""

from __future__ import annotations

import pytest

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import Someone, World
from widget.room import readers
from widget.room.limits import HISTORY_EVENTS

pytestmark = pytest.mark.no_cover


async def room_of(world: World, history: str, *names: str) -> list[Someone]:
    people = [await world.person(name) for name in names]
    room = await world.run(people[0].chat.create_room("Room", True, history))
    for someone in people[1:]:
        await world.run(someone.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    return people


async def comes(world: World, name: str, to: Someone) -> Someone:
    late = await world.person(name)
    room = to.chat.get_state().room
    assert room is not None
    await world.run(late.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    return late


@pytest.mark.parametrize("blocked", [False, True], ids=["channel", "relay"])
async def test_who_comes_later_reads_what_was_said_and_by_whom(world: World, blocked: bool) -> None:
    world.net.blocked = blocked
    ann, bob = await room_of(world, "session", "Ann", "Bob")
    for someone in (ann, bob, ann):
        await someone.chat.send_message(f"by {someone.name}")
        await world.clock.advance(300)
    cid = await comes(world, "Cid", ann)
    assert [(line.content, line.sender_name, line.flags) for line in cid.messages if line.type == "message"] == [
        ("by Ann", "Ann", []), ("by Bob", "Bob", []), ("by Ann", "Ann", []),
    ]  # fmt: skip
    await cid.chat.send_message("thank you")
    await world.clock.advance(300)
    assert ann.texts == bob.texts == cid.texts


@pytest.mark.parametrize("history", ["none", "session"])
async def test_the_first_words_of_a_newcomer_stand_below_all_that_was_said_before(world: World, history: str) -> None:
    ann, bob = await room_of(world, history, "Ann", "Bob")
    for number in range(3):
        await ann.chat.send_message(f"before {number}")
        await world.clock.advance(5_000)
    room = ann.chat.get_state().room
    assert room is not None
    cid = await world.person("Cid")
    await world.run(cid.chat.join_room(room.room_id))
    await cid.chat.send_message("hello")
    await world.clock.advance(3_000)
    for someone in (ann, bob):
        assert someone.texts == ["before 0", "before 1", "before 2", "hello"]
        assert someone.messages[-1].flags == []


async def test_also_what_somebody_said_who_has_left(world: World) -> None:
    ann, bob = await room_of(world, "session", "Ann", "Bob")
    await bob.chat.send_message("remember me")
    await world.clock.advance(2_000)
    await bob.chat.leave_room()
    await world.clock.advance(2_000)
    cid = await comes(world, "Cid", ann)
    assert [(line.content, line.sender_name) for line in cid.messages if line.type == "message"] == [
        ("remember me", "Bob")
    ]


async def test_where_nothing_is_kept_who_comes_later_reads_nothing(world: World) -> None:
    ann, bob = await room_of(world, "none", "Ann", "Bob")
    await ann.chat.send_message("between us")
    await world.clock.advance(500)
    cid = await comes(world, "Cid", ann)
    await ann.chat.send_message("hello Cid")
    await world.clock.advance(5_000)
    assert cid.texts == ["hello Cid"]
    bodies = [entry.event.body for chain in cid.stay.peers.replica.log.chains.values() for entry in chain.entries]
    assert len(bodies) == 1
    assert bob.texts == ["between us", "hello Cid"]


async def test_the_history_has_an_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "HISTORY_MS", 60_000)
    ann, bob = await room_of(world, "session", "Ann", "Bob")
    await bob.chat.send_message("too old")
    await world.clock.advance(61_000)
    for number in range(HISTORY_EVENTS + 10):
        await ann.chat.send_message(f"line {number}")
        await world.clock.advance(50)
    cid = await comes(world, "Cid", ann)
    texts = [text for text in cid.texts if text.startswith("line ")]
    assert texts == [f"line {number}" for number in range(10, HISTORY_EVENTS + 10)]
    assert "too old" not in cid.texts


async def test_the_policy_is_the_rooms_and_everybody_is_told(world: World) -> None:
    for history in ("none", "session"):
        people = await room_of(world, history, "Ann", "Bob")
        for someone in people:
            room = someone.chat.get_state().room
            assert room is not None
            assert room.history == history
    error = await world.failing(people[0].chat.create_room("Room", True, "for ever"))
    assert error.code == "room.history"


async def test_a_page_that_is_loaded_anew_gets_what_was_said_before_and_meanwhile(world: World) -> None:
    storage = MemoryStorage()
    ann, bob = await world.person("Ann"), await world.person("Bob", storage=storage)
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    await ann.chat.send_message("before")
    await world.clock.advance(300)
    await bob.chat.send_message("mine")
    await world.clock.advance(500)
    bob.chat.destroy()  # without a goodbye, as a page goes
    await ann.chat.send_message("meanwhile")
    await world.clock.advance(20_000)
    again = world.chat("Bob", storage=storage)
    assert await world.run(again.chat.restore())
    await world.run(again.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    assert again.texts == ann.texts == ["before", "mine", "meanwhile"]
    assert ann.news == ["Bob joined."]


async def test_who_said_goodbye_begins_again(world: World) -> None:
    ann, bob = await room_of(world, "none", "Ann", "Bob")
    await ann.chat.send_message("before")
    await world.clock.advance(500)
    await bob.chat.leave_room()
    await ann.chat.send_message("meanwhile")
    room = ann.chat.get_state().room
    assert room is not None
    await world.clock.advance(1_000)
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    assert bob.texts == []
    assert ann.news == ["Bob joined.", "Bob left.", "Bob joined."]
