"""What the store does at a step, asked by itself: no worker whose loops look after its rooms in between."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from auth.store.opening import open_store
from signaling.limits import Limits
from signaling.quotas import hold
from signaling.rooms import Room, known_room
from signaling.store import DUE, Entry, RoomStore
from tests.fakes.moment import Moment
from tests.fakes.redis_server import PATIENT, RedisServer
from tests.signaling.member import ORIGIN
from widget.wire.genesis import HISTORY, PRIVATE, Genesis, write_genesis

HOUR_S = 3600


class Shelf:
    """A store of rooms under a clock of its own; `rules` are limits."""

    def __init__(self, redis_url: str, **rules: Any) -> None:
        self.moment = Moment()
        self.shared = open_store(redis_url, self.moment.now_s, rules=PATIENT)
        self.store = RoomStore(self.shared, Limits.model_construct(**rules))

    def room(self, flags: int = HISTORY) -> Room:
        created_ms = int(self.moment.now_s() * 1000)
        host, nonce = secrets.token_hex(16), secrets.token_bytes(16)
        genesis = write_genesis(Genesis(host, bytes(32), nonce, created_ms, flags, 16, 1, [ORIGIN]))
        return known_room(genesis, "Tea", "Ada", ORIGIN)

    async def make(self) -> str:
        """A new room that will be looked at again; its id."""
        room = self.room()
        assert await self.store.claim_slot(room.room_id)
        assert await self.store.create(room)
        return room.room_id

    async def enter(self, room_id: str) -> Entry:
        """Somebody comes in."""
        entry = Entry(secrets.token_hex(16), secrets.token_hex(16), "ab" * 32, "Ada", secrets.token_hex(8), "cd" * 32)
        assert (await self.store.join(room_id, entry)).status == "in"
        return entry

    async def members(self, room_id: str) -> set[str]:
        roster = await self.store.roster(room_id)
        assert roster is not None
        return set(roster.members)


MakeShelf = Callable[..., Shelf]


@pytest.fixture
async def make_shelf(redis_server: RedisServer) -> AsyncIterator[MakeShelf]:
    shelves: list[Shelf] = []

    def make(**rules: Any) -> Shelf:
        shelves.append(Shelf(redis_server.url, **rules))
        return shelves[-1]

    yield make
    for shelf in shelves:
        await shelf.shared.close()


@pytest.fixture
def shelf(make_shelf: MakeShelf) -> Shelf:
    return make_shelf()


# When a room is looked at


@pytest.mark.parametrize(("presence_s", "room_empty_s", "due"), [(45, 60, 1), (60, 45, 2)])
async def test_a_room_is_left_alone_until_something_of_it_ends(
    make_shelf: MakeShelf, presence_s: int, room_empty_s: int, due: int
) -> None:
    shelf = make_shelf(presence_s=presence_s, room_empty_s=room_empty_s)
    await shelf.make()
    room = await shelf.make()
    entry = await shelf.enter(room)
    assert await shelf.store.sweep() == 0
    shelf.moment.go(44)
    assert (await shelf.store.beat(room, entry.sid, entry.conn))[0] == "in"
    assert await shelf.store.sweep() == 0
    shelf.moment.go(1)
    assert [await shelf.store.sweep() for _ in range(2)] == [due, 0]


async def test_after_the_clock_was_set_back_no_more_rooms_are_looked_at_than_at_other_times(
    make_shelf: MakeShelf,
) -> None:
    shelf = make_shelf(sweep_batch=2)
    for _ in range(5):
        await shelf.make()
    shelf.moment.step(-HOUR_S)
    assert [await shelf.store.sweep() for _ in range(4)] == [2, 2, 1, 0]


async def test_a_room_that_a_beat_finds_empty_ends_as_soon_as_any_other(shelf: Shelf) -> None:
    room = await shelf.make()
    entry = await shelf.enter(room)
    shelf.moment.go(45)
    assert await shelf.store.beat(room, entry.sid, entry.conn) == ("gone", 0)
    shelf.moment.go(59)
    assert await shelf.store.look(room) is not None
    shelf.moment.go(1)
    assert await shelf.store.look(room) is None


# What a step leaves behind


async def test_a_public_room_that_was_lost_is_on_the_list_again(shelf: Shelf, redis_server: RedisServer) -> None:
    public, private = shelf.room(), shelf.room(PRIVATE)
    redis_server.clear()
    assert [await shelf.store.restore(room) for room in (public, private)] == [True, True]
    listed, _ = await shelf.store.listing(ORIGIN, "")
    assert [sight.room for sight in listed] == [public]
    assert await shelf.store.restore(public) is False


async def test_a_cut_prolongs_no_presence(shelf: Shelf) -> None:
    room = await shelf.make()
    entry = await shelf.enter(room)
    shelf.moment.go(42)
    assert await shelf.store.cut(room, entry.sid, entry.conn)
    shelf.moment.go(2)
    await shelf.store.sweep()
    assert await shelf.members(room) == {entry.sid}
    shelf.moment.go(1)
    await shelf.store.sweep()
    assert await shelf.members(room) == set()


async def test_a_room_keeps_no_ticket_that_is_over(shelf: Shelf) -> None:
    room = await shelf.make()
    staying, leaving = await shelf.enter(room), await shelf.enter(room)
    assert await shelf.store.cut(room, leaving.sid, leaving.conn)
    tickets = []
    for look_s in (59, 1):
        shelf.moment.go(look_s)
        await shelf.store.beat(room, staying.sid, staying.conn)
        # Whenever it is due by itself: what counts is what a look leaves.
        await shelf.shared.command("ZADD", DUE, 0, room)
        assert await shelf.store.sweep() == 1
        tickets.append(set(await shelf.shared.command("HKEYS", f"cws:tickets:{{{room}}}")))
    assert tickets == [{staying.sid, leaving.sid}, {staying.sid}]


async def test_places_are_forgotten_with_the_last_of_them(shelf: Shelf) -> None:
    key = "cws:test:places"
    for name in ("ada", "ben"):
        assert await hold(shelf.shared, key, name, 2, 45)
        left_ms = int(await shelf.shared.command("PTTL", key))
        assert 1000 < left_ms <= 45_000
        await shelf.shared.command("PEXPIRE", key, 1000)  # as it is when that time is almost over
