"""Tabs of a browser with a disk, which go and are loaded anew."""

from __future__ import annotations

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import Someone, World
from widget.room.limits import SAVE_MS

SAVED_MS = SAVE_MS + 50


async def two(world: World, history: str = "none", public: bool = True) -> tuple[MemoryStorage, Someone, Someone]:
    """Ann, and Bob whose disk it is, connected."""
    storage = MemoryStorage()
    ann, bob = await world.person("Ann"), await world.person("Bob", storage=storage)
    await world.run(ann.chat.create_room("Room", public, history))
    await world.run(bob.chat.join_room(ann.chat.get_invite()))
    await world.clock.advance(4_000)
    return storage, ann, bob


async def reload(
    world: World, gone: Someone, storage: MemoryStorage, away_ms: int = 500, wrong_ms: int = 0
) -> Someone:
    """The page goes as pages do, and comes again signed in, on a device whose clock is `wrong_ms` off."""
    gone.chat.hide()
    gone.chat.destroy()
    await world.clock.advance(away_ms)
    again = world.chat(gone.name, storage=storage, wrong_ms=wrong_ms)
    assert await world.run(again.chat.restore())
    return again


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


async def joined_by_eve(world: World, ann: Someone) -> Someone:
    eve = await world.person("Eve")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(eve.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    return eve


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
        self.browser = storage.browser
