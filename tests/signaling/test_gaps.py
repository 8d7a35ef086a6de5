"""What was told while a worker did not hear: it asks once it hears again, so that nothing is missed for good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from auth.revocations import REMEMBERED_S, Revoked, announce
from auth.store.shared import StoreDown
from tests.fakes.redis_server import RedisServer
from tests.signaling.world import World, until
from widget.wire.socket import PeerJoined, PeerLeft

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


async def deaf(world: World, redis_server: RedisServer) -> Callable[[], None]:
    """The first worker hears nothing more, until what is returned is called."""
    worker = world.worker
    subscribe = worker.store.subscribe

    async def down(*channels: str) -> object:
        raise StoreDown

    await until(lambda: worker.ear.subscription is not None)
    worker.store.subscribe = down  # type: ignore[method-assign, assignment]
    redis_server.cut_subscribers()
    await until(lambda: worker.ear.subscription is None)

    def hears() -> None:
        worker.store.subscribe = subscribe  # type: ignore[method-assign]

    return hears


async def test_who_was_signed_out_meanwhile_is_out_once_the_worker_hears_again(
    make_world: MakeWorld, redis_server: RedisServer
) -> None:
    world = await make_world()
    room = await world.member().make()
    ada, ben = await world.member().join(room), await world.member().join(room)
    assert isinstance(await ada.read(), PeerJoined)
    hears = await deaf(world, redis_server)
    world.moment.go(5)
    await announce(world.stores[0], Revoked(ben.member.sub, ben.member.jkt.hex(), int(world.moment.now_s())))
    hears()
    assert await ben.refused() == ("token.invalid", 4403)
    assert await ada.read() == PeerLeft(ben.sid)
    assert await ada.echo() == []


async def test_who_came_and_went_meanwhile_is_told_once_the_worker_hears_again(
    make_world: MakeWorld, redis_server: RedisServer
) -> None:
    world = await make_world(workers=2)
    room = await world.member().make()
    ada, ben = await world.member().join(room), await world.member().join(room, 1)
    assert isinstance(await ada.read(), PeerJoined)
    hears = await deaf(world, redis_server)
    await until(lambda: world.servers[1].worker.ear.subscription is not None)
    cyd = await world.member().join(room, 1)
    ben.say("leave")
    await ben.closed()
    hears()
    said = await ada.read()
    assert isinstance(said, PeerJoined)
    assert said.member.sid == cyd.sid
    world.moment.go(11)
    assert await ada.read() == PeerLeft(ben.sid)


async def test_who_is_signed_out_while_coming_in_does_not_stay(world: World) -> None:
    ada = world.member()
    room = await ada.make()
    join = world.worker.store.join
    told_s = int(world.moment.now_s()) + 1

    async def signed_out_meanwhile(*given: object) -> object:
        outcome = await join(*given)  # type: ignore[arg-type]
        await announce(world.stores[0], Revoked(ada.sub, ada.jkt.hex(), told_s))
        await until(lambda: len(world.worker.sign_ins.ended) == 1)
        return outcome

    world.worker.store.join = signed_out_meanwhile  # type: ignore[method-assign, assignment]
    line = await ada.open()
    line.auth(room)
    await line.read()
    assert await line.refused() == ("token.invalid", 4403)


async def test_who_is_signed_out_during_a_beat_is_not_put_back(world: World) -> None:
    room = await world.member().make()
    ada, ben = await world.member().join(room), await world.member().join(room)
    assert isinstance(await ada.read(), PeerJoined)
    store = world.worker.store
    beat = store.beat

    async def has_ben() -> bool:
        roster = await store.roster(room)
        return roster is not None and ben.sid in roster.members

    async def is_out() -> bool:
        return not await has_ben()

    async def signed_out_meanwhile(room_id: str, sid: str, conn: str) -> tuple[str, int]:
        if sid == ben.sid and await has_ben():
            world.moment.go(5)
            await announce(world.stores[0], Revoked(ben.member.sub, ben.member.jkt.hex(), int(world.moment.now_s())))
            await until(is_out)
        return await beat(room_id, sid, conn)

    store.beat = signed_out_meanwhile  # type: ignore[method-assign]
    reassertion = asyncio.create_task(world.worker.reassert())
    assert await ben.refused() == ("token.invalid", 4403)
    await reassertion
    assert await is_out()
    world.moment.go(11)  # what a roster of just then did not show may be told after the grace
    assert await ada.read() == PeerLeft(ben.sid)
    assert await ada.echo() == []


async def test_a_worker_forgets_whom_no_token_is_left_of(world: World) -> None:
    await until(lambda: world.worker.ear.subscription is not None)
    now_s = int(world.moment.now_s())
    await announce(world.stores[0], Revoked("ab" * 16, "cd" * 32, now_s))
    await until(lambda: len(world.worker.sign_ins.ended) == 1)
    world.moment.go(REMEMBERED_S - 1)
    await world.worker._sweep()
    assert world.worker.sign_ins.ended == {"cd" * 32: now_s}
    world.moment.go(1)
    await until(lambda: world.worker.sign_ins.ended == {})


@pytest.mark.parametrize("data", [
    b'{"sub":"s","jkt":"j","at":"soon"}', b'{"sub":"s","jkt":"j","at":1e999}', b'{"sub":"s","jkt":"j","at":null}',
])
async def test_an_end_without_a_time_leaves_nothing_behind(world: World, data: bytes) -> None:
    await until(lambda: world.worker.ear.subscription is not None)
    await world.stores[0].publish("cw:revoked", data)
    await until(lambda: "message.garbled" in world.log.getvalue())
    assert world.worker.sign_ins.ended == {}
