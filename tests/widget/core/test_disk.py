"""A page that is loaded anew is back in its room, with its talk; whoever signs out or leaves takes it along."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.auth_service import CODE
from tests.fakes.liar import event, tell
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import Someone, World
from widget.model import ChatMessage
from widget.room.limits import LATE_MS, RESUME_MS, SAVE_MS, SAVE_SOON_MS, SEGMENT_EVENTS, SLOTS

SAVED_MS = SAVE_MS + 50


async def two(world: World, history: str = "none", public: bool = True) -> tuple[MemoryStorage, Someone, Someone]:
    """Ann, and Bob whose disk it is, connected."""
    storage = MemoryStorage()
    ann, bob = await world.person("Ann"), await world.person("Bob", storage=storage)
    room = await world.run(ann.chat.create_room("Room", public, history))
    await world.run(bob.chat.join_room(room.invite if room.invite != "" else room.room_id))
    await world.clock.advance(4_000)
    return storage, ann, bob


async def reload(world: World, gone: Someone, storage: MemoryStorage, away_ms: int = 500) -> Someone:
    """The page goes as pages do, and comes again signed in."""
    gone.chat.hide()
    gone.chat.destroy()
    await world.clock.advance(away_ms)
    again = world.chat(gone.name, storage=storage)
    assert await world.run(again.chat.restore())
    return again


@pytest.mark.parametrize("public", [True, False])
async def test_a_page_that_is_loaded_anew_is_back_in_its_room(world: World, public: bool) -> None:
    storage, ann, bob = await two(world, public=public)
    await ann.chat.send_message("before")
    await world.clock.advance(300)
    await bob.chat.send_message("mine")
    await world.clock.advance(SAVED_MS)
    before = bob.chat.get_state().room
    bob.chat.hide()
    bob.chat.destroy()
    await ann.chat.send_message("meanwhile")
    await world.clock.advance(2_000)
    again = await reload(world, bob, storage)
    assert again.texts == ["before", "mine"], "at once"
    assert before is not None
    shown = again.chat.get_state()
    assert shown.room is not None
    assert (shown.room.room_id, shown.room.custom_name, shown.room.invite, shown.status) == (
        before.room_id, before.custom_name, before.invite, "connecting",
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


async def cut_off(world: World, bob: Someone, storage: MemoryStorage, is_event: bool) -> Someone:
    """What Bob says from now on reaches nobody. It is an event where he has an epoch, and none after a reload."""
    world.signaling.is_down = True
    world.signaling.cut()
    world.net.silence_all()
    world.net.blocked = True
    await world.clock.advance(20_000)
    return bob if is_event else await reload(world, bob, storage)


def mend(world: World) -> None:
    world.signaling.is_down = False
    world.net.blocked = False


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


async def gone_at(world: World, someone: Someone, storage: MemoryStorage, records: dict[str, bytes]) -> Someone:
    """The page goes while these are on the disk."""
    someone.chat.hide()
    someone.chat.destroy()
    await world.clock.advance(500)
    storage.records.clear()
    storage.records.update(records)
    again = world.chat(someone.name, storage=storage)
    assert await world.run(again.chat.restore())
    return again


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


async def test_nothing_stays_of_a_room_that_was_left_or_of_who_signed_out(world: World) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("secret")
    await world.clock.advance(SAVED_MS)
    assert len(kept(storage)) > 0
    await world.run(bob.chat.leave_room())
    assert kept(storage) == []
    assert storage.noted == ""
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(5_000)
    assert len(kept(storage)) > 0
    await world.run(bob.chat.logout())
    assert storage.records == {}
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
    await bob.chat._auth._renew_in_time()
    await world.clock.advance(100)
    assert kept(storage) == []


async def test_a_chat_that_ended_before_it_was_back_leaves_the_room_to_the_next(world: World) -> None:
    storage, ann, bob = await two(world)
    await ann.chat.send_message("before")
    await world.clock.advance(SAVED_MS)
    bob.chat.destroy()
    first = world.chat("Bob", storage=storage)
    restoring = asyncio.ensure_future(first.chat.restore())
    await asyncio.sleep(0)
    first.chat.destroy()
    await world.run(_waited(restoring))
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
    await bob.chat._auth._renew_in_time()
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
    twin.noted = storage.noted
    copy = world.chat("Bob", storage=twin)
    assert await world.run(copy.chat.restore())
    assert copy.texts == ["one"]
    await world.clock.advance(5_000)
    await ann.chat.send_message("two")
    await world.clock.advance(SAVED_MS)
    third = Tab(storage)
    third.noted = storage.noted
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
        monkeypatch.setattr("widget.room.kept.VERSION", 2)
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
    assert len([name for name in kept(storage) if name.split(" ")[2].isdigit()]) == 2
    again = await reload(world, bob, storage)
    assert again.texts == ann.texts


async def test_a_tab_too_many_takes_the_place_that_was_silent_for_longest(world: World) -> None:
    storage = MemoryStorage()
    tabs: list[tuple[Someone, MemoryStorage]] = []
    for number in range(SLOTS + 1):
        own = Tab(storage)
        tab = await world.person("Bob", storage=own)
        await world.run(tab.chat.create_room(f"Room {number}"))
        await world.clock.advance(SAVED_MS)
        tabs.append((tab, own))
    assert len({name for name in storage.records if name.startswith("tab ")}) == SLOTS
    first = await reload(world, *tabs[0])
    assert first.chat.get_state().room is None
    last = await reload(world, *tabs[-1])
    room = last.chat.get_state().room
    assert room is not None
    assert room.custom_name == f"Room {SLOTS}"


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


async def joined_by_eve(world: World, ann: Someone) -> Someone:
    eve = await world.person("Eve")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(eve.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    return eve


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


def kept(storage: MemoryStorage) -> list[str]:
    return sorted(name for name in storage.records if name.startswith("log "))


def folders(storage: MemoryStorage) -> set[str]:
    return {name.split(" ")[1] for name in kept(storage)}


class Tab(MemoryStorage):
    """Another tab of the same browser: the same records, a note of its own."""

    def __init__(self, storage: MemoryStorage) -> None:
        super().__init__()
        self.records = storage.records
        self.keys = storage.keys
