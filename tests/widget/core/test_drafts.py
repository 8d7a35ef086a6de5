"""What somebody has begun to write stays with room and person, and is gone when one signs out."""

from __future__ import annotations

import pytest

from tests.fakes.auth_service import CODE
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.tabs import Tab, reload, two
from tests.fakes.world import Someone, World
from widget.room.limits import DRAFT_CHARS, DRAFT_SAVE_MS

TEXT = "half a thought 🦉"


def drafts(storage: MemoryStorage) -> list[str]:
    return sorted(name for name in storage.records if name.startswith("draft "))


def room_of(someone: Someone) -> str:
    room = someone.chat.get_state().room
    assert room is not None
    return room.room_id


async def writing(world: World) -> tuple[MemoryStorage, Someone, Someone]:
    """Bob has begun to write."""
    storage, ann, bob = await two(world)
    bob.chat.keep_draft(room_of(bob), TEXT)
    await world.clock.advance(DRAFT_SAVE_MS)
    return storage, ann, bob


async def test_a_draft_survives_a_reload(world: World) -> None:
    storage, _ann, bob = await writing(world)
    again = await reload(world, bob, storage)
    assert await again.chat.draft(room_of(again)) == TEXT


async def test_a_draft_is_there_after_the_room_was_left(world: World) -> None:
    storage, _ann, bob = await writing(world)
    room = room_of(bob)
    await world.run(bob.chat.leave_room())
    assert await bob.chat.draft(room) == TEXT
    again = await reload(world, bob, storage)
    assert await again.chat.draft(room) == TEXT


async def test_each_room_has_its_own(world: World) -> None:
    storage, _ann, bob = await writing(world)
    bob.chat.keep_draft("elsewhere", "other words")
    await world.clock.advance(DRAFT_SAVE_MS)
    again = await reload(world, bob, storage)
    assert await again.chat.draft("elsewhere") == "other words"
    assert await again.chat.draft(room_of(again)) == TEXT
    assert await again.chat.draft("a third one") == ""


async def test_nobody_reads_it_off_the_disk_nor_as_another_person(world: World) -> None:
    storage, ann, bob = await writing(world)
    (name,) = drafts(storage)
    assert room_of(bob) not in name
    assert TEXT.encode() not in storage.records[name]
    for place in range(256):
        storage.records[f"draft {place} text"] = storage.records[name]
    again = await reload(world, bob, storage)
    assert await again.chat.draft("elsewhere") == ""
    assert await again.chat.draft(room_of(ann)) == TEXT
    eve = await world.person("Eve", storage=Tab(storage))
    assert await eve.chat.draft(room_of(ann)) == ""


async def test_it_is_written_calmly(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    storage, _ann, bob = await two(world)
    written: list[str] = []
    keep = storage.keep

    async def counted(name: str, value: bytes) -> bool:
        written.extend([name] if name.startswith("draft ") else [])
        return await keep(name, value)

    monkeypatch.setattr(storage, "keep", counted)
    for count in range(1, 20):
        bob.chat.keep_draft(room_of(bob), TEXT[:count])
        await world.clock.advance(DRAFT_SAVE_MS // 20)
    assert written == []
    await world.clock.advance(DRAFT_SAVE_MS)
    assert len(written) == 1
    bob.chat.keep_draft(room_of(bob), TEXT[:19])
    await world.clock.advance(DRAFT_SAVE_MS)
    assert len(written) == 1, "nothing is new"


async def test_what_was_sent_is_no_draft_any_more(world: World) -> None:
    storage, _ann, bob = await writing(world)
    bob.chat.keep_draft(room_of(bob), "")
    await world.clock.advance(DRAFT_SAVE_MS)
    assert drafts(storage) == []
    again = await reload(world, bob, storage)
    assert await again.chat.draft(room_of(again)) == ""


@pytest.mark.parametrize(("more", "kept"), [(-1, DRAFT_CHARS - 1), (0, DRAFT_CHARS), (1, DRAFT_CHARS)])
async def test_a_long_one_is_kept_as_far_as_it_may_be(world: World, more: int, kept: int) -> None:
    storage, _ann, bob = await two(world)
    bob.chat.keep_draft(room_of(bob), "x" * (DRAFT_CHARS + more))
    await world.clock.advance(DRAFT_SAVE_MS)
    again = await reload(world, bob, storage)
    assert await again.chat.draft(room_of(again)) == "x" * kept


async def test_hundreds_of_rooms_leave_no_more_than_256(world: World) -> None:
    storage, _ann, bob = await two(world)
    for number in range(600):
        bob.chat.keep_draft(f"room {number}", TEXT)
    await world.clock.advance(DRAFT_SAVE_MS)
    assert 200 < len(drafts(storage)) <= 256
    again = await reload(world, bob, storage)
    assert await again.chat.draft("room 599") == TEXT


async def test_nothing_stays_when_one_signs_out(world: World) -> None:
    storage, _ann, bob = await writing(world)
    room = room_of(bob)
    bob.chat.keep_draft(room, "not written yet")
    await world.run(bob.chat.logout())
    await world.clock.advance(DRAFT_SAVE_MS)
    assert storage.personal() == []
    assert storage.keys == {}
    await bob.chat.request_code("bob@people.test", "Bob")
    await bob.chat.verify_code(CODE)
    assert await bob.chat.draft(room) == ""


async def test_nothing_stays_when_the_service_ends_the_sign_in(world: World) -> None:
    storage, _ann, bob = await writing(world)
    world.auth.refuse["/token"] = "token.invalid"
    await bob.chat._auth._renewal.in_time()
    await world.clock.advance(DRAFT_SAVE_MS)
    assert drafts(storage) == []
