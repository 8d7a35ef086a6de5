"""Both services on a Redis Cluster, and on a master that a sentinel watches: before and after a server has died."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from auth.revocations import Revoked, announce
from auth.store.opening import open_store
from auth.store.shared import OTHER_FORM, StoreDown
from tests.auth.world import World as SignIn
from tests.fakes.redis_groups import RedisCluster, WatchedRedis, running_cluster, watched_redis
from tests.signaling.world import World, until
from widget.wire.socket import PeerJoined, Signal

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


@pytest.fixture(params=["cluster", "sentinel"])
def group(request: pytest.FixtureRequest) -> Iterator[RedisCluster | WatchedRedis]:
    if request.param == "cluster":
        with running_cluster() as cluster:
            yield cluster
    else:
        with watched_redis() as watched:
            yield watched


async def test_both_services_work_and_go_on_when_a_server_dies(
    make_world: MakeWorld, tmp_path: Path, group: RedisCluster | WatchedRedis
) -> None:
    world = await make_world(workers=2, redis_url=group.url)
    sign_in = SignIn(tmp_path / "keys", group.url)
    try:
        await talk(world)
        await signs_in_and_out(sign_in)
        group.fail_over()
        await until(lambda: _answers(sign_in))
        await until(lambda: _hears(world))
        await talk(world)
        await signs_in_and_out(sign_in)
    finally:
        await sign_in.close()


async def talk(world: World) -> None:
    """A room over two workers, a message through Redis, somebody signed out."""
    room = await world.member().make()
    ada, ben = await world.member().join(room), await world.member().join(room, 1)
    assert isinstance(await ada.read(), PeerJoined)
    ben.signal(ada.sid)
    assert await ada.read() == Signal(ben.sid, "offer", "sdp")
    listed = (await world.get("/rooms")).json()["rooms"]
    assert room in [found["id"] for found in listed]
    world.moment.go(5)
    await announce(world.stores[0], Revoked(ben.member.sub, ben.member.jkt.hex(), int(world.moment.now_s())))
    assert await ben.refused() == ("token.invalid", 4403)
    await ada.close()


async def signs_in_and_out(sign_in: SignIn) -> None:
    # A minute between two codes for one address.
    sign_in.moment.go(61)
    device = await sign_in.signed_in()
    assert (await device.renew()).status == 200
    assert (await device.leave()).status == 200


async def _answers(sign_in: SignIn) -> bool:
    try:
        await sign_in.store.ping()
    except StoreDown:
        return False
    return True


async def _hears(world: World) -> bool:
    for server in world.servers:
        if (await server.http.get("/health")).status_code != 200:
            return False
    return True


async def test_a_node_of_a_cluster_is_no_single_redis() -> None:
    with running_cluster() as cluster:
        store = open_store(f"redis://127.0.0.1:{cluster.masters[0].port}")
        for number in range(20):
            try:
                await store.command("SET", f"key{number}", 1)
            except StoreDown:
                break
        assert store.trouble == OTHER_FORM
        await store.close()
