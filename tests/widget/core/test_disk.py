"""What a disk keeps of a room, for whom, how much, and when it goes."""

from __future__ import annotations

import pytest

from tests.fakes.auth_service import CODE
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.tabs import SAVED_MS, Tab, folders, kept, reload, two
from tests.fakes.world import Someone, World
from widget.room.limits import EVENTS_KEPT, SAVE_MS, SAVE_SOON_MS, SEGMENT_EVENTS, SEGMENTS, SLOTS


def segments(storage: MemoryStorage) -> list[str]:
    return [name for name in (record.split(" ")[2] for record in kept(storage)) if name.isdigit()]


async def test_nothing_stays_of_a_room_that_was_left_or_of_who_signed_out(world: World) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("secret")
    await world.clock.advance(SAVED_MS)
    assert len(kept(storage)) > 0
    await world.run(bob.chat.leave_room())
    assert kept(storage) == []
    assert storage.notes == {}
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    assert len(kept(storage)) > 0
    await world.run(bob.chat.logout())
    assert storage.personal() == []
    assert storage.keys == {}


async def test_another_tab_of_who_signed_out_keeps_nothing(world: World) -> None:
    storage, ann, bob = await two(world)
    other = world.chat("Bob", storage=Tab(storage))
    assert await world.run(other.chat.restore())
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(other.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    assert len(folders(storage)) == 2
    await world.run(bob.chat.logout())
    await ann.chat.send_message("secret")
    await world.clock.advance(5_000)
    assert kept(storage) == []


async def test_nothing_stays_when_the_service_ends_the_sign_in(world: World) -> None:
    storage, _ann, bob = await two(world)
    assert len(kept(storage)) > 0
    world.auth.refuse["/token"] = "token.invalid"
    await bob.chat._auth._renewal.in_time()
    await world.clock.advance(100)
    assert kept(storage) == []


async def test_nobody_sees_the_talk_of_who_was_here_before(world: World) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("secret")
    await world.clock.advance(SAVED_MS)
    bob.chat.destroy()
    for name in [name for name in storage.records if name.startswith("refresh")]:
        del storage.records[name]  # the sign-in ran out
    eve = world.chat("Eve", storage=storage)
    await eve.chat.request_code("eve@people.test", "Eve")
    await eve.chat.verify_code(CODE)
    eve.chat.destroy()
    again = world.chat("Eve", storage=storage)
    assert await world.run(again.chat.restore())
    assert again.chat.get_state().room is None
    assert again.messages == []
    assert kept(storage) == []


async def test_nobody_goes_on_with_the_talk_of_who_signed_in_before_on_the_same_page(world: World) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("secret")
    await world.clock.advance(SAVED_MS)
    world.auth.refuse["/token"] = "token.invalid"
    await bob.chat._auth._renewal.in_time()
    world.auth.refuse.clear()
    await bob.chat.request_code("eve@people.test", "Eve")
    await bob.chat.verify_code(CODE)
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    await bob.chat.send_message("as Eve")
    await world.clock.advance(SAVED_MS)
    assert bob.texts == ["as Eve"]
    assert [line.sender_name for line in ann.messages if line.content == "as Eve"] == ["Eve"]
    assert len(kept(storage)) > 0


async def test_a_copy_of_the_tab_takes_over_and_the_first_moves_on(world: World) -> None:
    storage, ann, _bob = await two(world)
    await ann.chat.send_message("one")
    await world.clock.advance(SAVED_MS)
    twin = Tab(storage)
    twin.notes = dict(storage.notes)
    copy = world.chat("Bob", storage=twin)
    assert await world.run(copy.chat.restore())
    assert copy.texts == ["one"]
    await world.clock.advance(5_000)
    await ann.chat.send_message("two")
    await world.clock.advance(SAVED_MS)
    third = Tab(storage)
    third.notes = dict(storage.notes)
    other = world.chat("Bob", storage=third)
    assert await world.run(other.chat.restore())
    await ann.chat.send_message("three")
    await world.clock.advance(SAVED_MS)
    assert len(folders(storage)) == 2, "it moves once"
    for tab, own in ((other, third), (copy, twin)):
        again = await reload(world, tab, own)
        assert again.texts == ["one", "two", "three"]


async def test_a_disk_that_is_full_keeps_nothing_and_the_chat_goes_on(world: World) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("one")
    await world.clock.advance(SAVED_MS)
    storage.is_full = True
    await ann.chat.send_message("two")
    await world.clock.advance(SAVED_MS)
    assert bob.texts == ["one", "two"]
    assert kept(storage) == []


@pytest.mark.parametrize("change", ["format", "seal", "key", "shape"])
async def test_what_cannot_be_read_is_forgotten(world: World, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("one")
    await world.clock.advance(SAVED_MS)
    bob.chat.destroy()
    if change == "key":
        del storage.keys["log"]
    if change == "seal":
        for name in kept(storage):
            value = storage.records[name]
            storage.records[name] = value[:-1] + bytes([value[-1] ^ 1])
    if change == "shape":
        monkeypatch.delattr("widget.room.kept.Mark")
    if change == "format":
        monkeypatch.setattr("widget.room.kept.VERSION", 4)
    again = world.chat("Bob", storage=storage)
    assert await world.run(again.chat.restore())
    assert (again.chat.get_state().room, again.messages, kept(storage)) == (None, [], [])


async def test_a_room_that_is_gone_is_forgotten(world: World) -> None:
    storage, _ann, bob = await two(world)
    await world.clock.advance(SAVED_MS)
    bob.chat.destroy()
    world.signaling.rooms.clear()
    again = world.chat("Bob", storage=storage)
    assert await world.run(again.chat.restore())
    await world.clock.advance(5_000)
    state = again.chat.get_state()
    assert (state.room, state.status) == (None, "error")
    assert kept(storage) == []


async def test_many_words_take_many_records_and_each_is_written_a_few_times(world: World) -> None:
    storage, ann, bob = await two(world)
    for number in range(SEGMENT_EVENTS + 10):
        await ann.chat.send_message(f"word {number}")
        await world.clock.advance(100)
    await world.clock.advance(SAVED_MS)
    assert len(segments(storage)) == 2
    again = await reload(world, bob, storage)
    assert again.texts == ann.texts


@pytest.mark.parametrize(("more", "count"), [(-1, 1), (0, 1), (1, 2)])
async def test_a_segment_has_so_many_events(world: World, more: int, count: int) -> None:
    storage, ann, bob = await two(world)
    words = [f"word {number}" for number in range(SEGMENT_EVENTS + more)]
    for word in words:
        await ann.chat.send_message(word)
        await world.clock.advance(100)
    await world.clock.advance(SAVED_MS)
    assert bob.texts == words
    assert len(segments(storage)) == count


@pytest.mark.parametrize(("is_mine", "wait_ms"), [(True, SAVE_SOON_MS), (False, SAVE_MS)])
async def test_what_is_said_is_written_so_soon(world: World, is_mine: bool, wait_ms: int) -> None:
    storage, ann, bob = await two(world)
    await (bob if is_mine else ann).chat.send_message("word")
    await world.clock.until(lambda: bob.texts == ["word"])
    await world.clock.advance(wait_ms - 1)
    assert segments(storage) == []
    await world.clock.advance(1)
    assert segments(storage) == ["0"]


def test_the_segments_have_place_for_all_that_is_kept() -> None:
    assert (SEGMENTS - 1) * SEGMENT_EVENTS >= EVENTS_KEPT


@pytest.mark.parametrize(("more", "has_first"), [(-1, True), (0, True), (1, False)])
async def test_a_tab_too_many_takes_the_place_that_was_silent_for_longest(
    world: World, more: int, has_first: bool
) -> None:
    storage = MemoryStorage()
    tabs: list[tuple[Someone, MemoryStorage]] = []
    for number in range(SLOTS + more):
        own = Tab(storage)
        tab = await world.person("Bob", storage=own) if number == 0 else world.chat("Bob", storage=own)
        assert await world.run(tab.chat.restore())
        await world.run(tab.chat.create_room(f"Room {number}"))
        await world.clock.advance(SAVED_MS)
        tabs.append((tab, own))
    assert len({name for name in storage.records if name.startswith("tab ")}) == min(SLOTS, len(tabs))
    first = await reload(world, *tabs[0])
    assert (first.chat.get_state().room is not None) == has_first
    last = await reload(world, *tabs[-1])
    room = last.chat.get_state().room
    assert room is not None
    assert room.custom_name == f"Room {len(tabs) - 1}"


@pytest.mark.parametrize(
    ("limit", "value", "away_ms", "left"),
    [
        ("KEPT_OF_ONE", 2, 500, ["word 4", "mine", "word 5"]),
        ("KEPT_MS", 20_000, 30_000, []),
    ],
)
async def test_what_is_too_much_or_too_old_is_not_shown_again(
    world: World, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, away_ms: int, left: list[str]
) -> None:
    storage, ann, bob = await two(world)
    for number in range(6):
        if number == 5:
            await bob.chat.send_message("mine")
            await world.clock.advance(SAVED_MS)
        await ann.chat.send_message(f"word {number}")
        await world.clock.advance(SAVED_MS)
    monkeypatch.setattr(f"widget.room.kept.{limit}", value)
    again = await reload(world, bob, storage, away_ms)
    assert again.texts == left


@pytest.mark.parametrize(("more_ms", "left"), [(-1, []), (0, []), (1, ["word"])])
async def test_it_is_kept_to_the_millisecond(
    world: World, monkeypatch: pytest.MonkeyPatch, more_ms: int, left: list[str]
) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("word")
    await world.clock.until(lambda: bob.texts == ["word"])
    await world.clock.advance(SAVED_MS)
    away_ms = 5_000
    monkeypatch.setattr("widget.room.kept.KEPT_MS", SAVED_MS + away_ms + more_ms)
    again = await reload(world, bob, storage, away_ms)
    assert again.texts == left


async def test_the_oldest_segments_go(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widget.room.disk.SEGMENT_EVENTS", 4)
    monkeypatch.setattr("widget.room.disk.SEGMENTS", 3)
    storage, ann, bob = await two(world)
    for number in range(21):
        await ann.chat.send_message(f"word {number}")
        await world.clock.advance(SAVED_MS)
    assert [name.split(" ")[2] for name in kept(storage)] == ["3", "4", "5", "people", "state"]
    again = await reload(world, bob, storage)
    assert again.texts == [f"word {number}" for number in range(12, 21)]
    await ann.chat.send_message("more")
    await world.clock.advance(5_000)
    assert again.texts[-1:] == ["more"]
    assert [name.split(" ")[2] for name in kept(storage)][-2:] == ["people", "state"]
