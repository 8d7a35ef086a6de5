"""A time service sets the server's clock: nobody is held up by it, and nobody falls out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from signaling.quotas import hold
from signaling.session import hash_ticket
from signaling.store import Entry, RoomStore
from tests.signaling.member import Line
from tests.signaling.world import World, until
from widget.wire.socket import Joined, PeerJoined, PeerLeft, Problem

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]
HOUR_S = 3600


async def pair(world: World) -> tuple[Line, Line]:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room)
    assert isinstance(await first.read(), PeerJoined)
    return first, second


async def test_who_has_spoken_its_burst_speaks_again_after_the_clock_was_set_back(make_world: MakeWorld) -> None:
    world = await make_world(relays_per_s=1, relays_burst=1, signals_per_s=1, signals_burst=1)
    first, second = await pair(world)
    for _ in range(2):
        second.relay(first.sid, b"before")
        second.signal(first.sid)
    assert [type(said) for said in await second.echo()] == [Problem] * 2
    assert [type(await first.raw()) for _ in range(2)] == [bytes, str]
    world.moment.step(-HOUR_S)
    world.moment.go(1)
    second.relay(first.sid, b"after")
    second.signal(first.sid)
    assert await second.echo() == []
    assert (await first.blob())[1] == b"after"
    assert type(await first.raw()) is str


async def test_a_room_relays_on_after_the_clock_was_set_back(make_world: MakeWorld) -> None:
    world = await make_world(room_relay_burst_bytes=20_000, room_relay_bytes_per_s=20_000)
    first, second = await pair(world)
    for step_s in (0, -HOUR_S):
        world.moment.step(step_s)
        world.moment.go(1)
        for _ in range(2):
            second.relay(first.sid, bytes(10_000))
        assert [len((await first.blob())[1]) for _ in range(2)] == [10_000] * 2


async def test_nobody_falls_out_when_the_clock_is_set_on(make_world: MakeWorld) -> None:
    world = await make_world(tick_s=0.001)
    newcomer = await world.member().open()
    first, _ = await pair(world)
    world.moment.step(500)
    for _ in range(10):
        await asyncio.sleep(0.002)  # ticks
        first.say("beat")
    newcomer.auth(first.room)
    assert isinstance(await newcomer.read(), Joined)
    assert first.socket.close_code is None


async def test_a_silent_member_is_missed_in_time_after_the_clock_was_set_back(world: World) -> None:
    first, _ = await pair(world)
    world.moment.step(-HOUR_S)
    world.moment.go(world.worker.limits.presence_s + 1)
    assert await first.closed() == 4408


async def test_a_penalty_lasts_no_longer_after_the_clock_was_set_back(world: World) -> None:
    quotas = world.worker.quotas
    assert await quotas.punish("ada") == 60
    world.moment.step(-HOUR_S)
    assert await quotas.penalty("ada") == 60
    world.moment.go(59)
    assert await quotas.penalty("ada") == 1
    world.moment.go(1)
    assert await quotas.penalty("ada") == 0


async def test_who_was_cut_off_is_missed_in_time_after_the_clock_was_set_back(world: World) -> None:
    first, second = await pair(world)
    await second.cut()
    await until(lambda: len(world.worker.connections) == 1)
    world.moment.step(-HOUR_S)
    await until(lambda: is_within(world, first.room, second.sid))
    for _ in range(2):
        world.moment.go(20)
        assert await first.echo() == []
    world.moment.go(5)
    assert await first.read() == PeerLeft(second.sid)


async def test_a_ticket_is_good_no_longer_after_the_clock_was_set_back(world: World) -> None:
    first, second = await pair(world)
    store, limits = world.worker.store, world.worker.limits
    await second.cut()
    await until(lambda: len(world.worker.connections) == 1)
    world.moment.step(-HOUR_S)
    ticket = hash_ticket(second.joined.resume)
    good = []
    for _ in range(4):
        seen = await store.look(second.room, second.sid, ticket)
        assert seen is not None
        good.append(seen.ticket)
        world.moment.go((limits.presence_s + limits.resume_s) / 3)
        await first.echo()
    assert good == [True, True, True, False]


async def is_within(world: World, room: str, sid: str) -> bool:
    """Whether the store misses that member in time."""
    ends_ms = await world.stores[0].command("ZSCORE", f"cws:beats:{{{room}}}", sid)
    return float(ends_ms) <= (world.moment.now_s() + world.worker.limits.presence_s) * 1000


async def test_a_room_whose_workers_have_died_ends_in_time_after_the_clock_was_set_back(world: World) -> None:
    ada, store, limits = world.member(), world.worker.store, world.worker.limits
    room = await ada.make()
    entry = Entry("5" * 32, ada.sub, ada.jkt.hex(), "Ada", "a worker that is dead", "ab" * 16)
    assert (await store.join(room, entry)).status == "in"
    world.moment.step(-HOUR_S)
    for _ in range(2):  # its member, then the empty room
        await store.sweep()
        world.moment.go(max(limits.presence_s, limits.room_empty_s))
    await until(lambda: is_over(store, room))


async def is_over(store: RoomStore, room: str) -> bool:
    await store.sweep()
    return await store.look(room) is None


async def test_an_empty_room_lasts_no_longer_after_the_clock_was_set_back(world: World) -> None:
    store, empty_s = world.worker.store, world.worker.limits.room_empty_s
    room = await world.member().make()
    world.moment.step(-HOUR_S)
    await store.sweep()
    world.moment.go(empty_s - 1)
    assert await store.look(room) is not None
    world.moment.go(1)
    assert await store.look(room) is None


async def test_a_place_is_free_in_time_after_the_clock_was_set_back(world: World) -> None:
    shared, key = world.stores[0], "cws:test:places"
    assert await hold(shared, key, "ada", 1, 45)
    world.moment.step(-HOUR_S)
    assert not await hold(shared, key, "ben", 1, 45)
    world.moment.go(44)
    assert not await hold(shared, key, "ben", 1, 45)
    world.moment.go(1)
    assert await hold(shared, key, "ben", 1, 45)


async def test_who_was_refused_is_told_why_again_after_the_clock_was_set_back(make_world: MakeWorld) -> None:
    world = await make_world(refusals_per_ip=1)
    stranger = world.member(origin="https://stranger.test")
    assert (await stranger.turned_away())[0] == "origin.refused"
    world.moment.step(-HOUR_S)
    world.moment.go(60)
    assert (await stranger.turned_away())[0] == "origin.refused"
