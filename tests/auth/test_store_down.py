"""When Redis is away everything is refused, politely and at once; when it is back, everything works."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis.exceptions import ResponseError

from auth.store.opening import open_store
from auth.store.rules import SHIPPED
from auth.store.shared import StoreDown
from tests.auth.device import Answer, Device
from tests.auth.world import World
from tests.fakes.redis_server import RedisServer

EMAIL = "ada@example.org"


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """A server of this test alone: it gets hurt."""
    with tempfile.TemporaryDirectory(prefix="cw") as folder:
        server = RedisServer(Path(folder))
        server.start()
        yield server
        server.stop()


async def everything(device: Device) -> list[Answer]:
    return [await device.ask(EMAIL), await device.enter(EMAIL, "12345678"), await device.renew(), await device.leave()]


async def test_without_redis_every_call_is_refused_closed(
    own_redis: RedisServer, make_world: Callable[..., World]
) -> None:
    world = make_world(redis_url=own_redis.url)
    device = await world.signed_in()
    own_redis.stop()
    for answer in await everything(device):
        assert (answer.status, answer.code) == (503, "backend.down")
        assert 1 <= answer.fields["retryAfter"] <= 10
        assert answer.response.headers["retry-after"] == str(answer.fields["retryAfter"])
        assert answer.response.headers["access-control-allow-origin"] == device.origin
    assert world.kinds() == ["code"]
    health = await world.http.get("/health")
    assert (health.status_code, health.json()["store"]) == (503, "down")
    assert (await world.http.get("/.well-known/cw-keys")).status_code == 200


def lack_replicas(client: Any) -> None:
    client.config_set("min-replicas-to-write", 1)


def be_busy(client: Any) -> None:
    """With a script that has no end."""
    client.config_set("lua-time-limit", 1)
    client.connection_pool.get_connection().send_command("EVAL", "while true do end", 0)
    with pytest.raises(ResponseError, match="BUSY"):
        all(client.ping() for _ in range(1000))  # until it has begun


@pytest.mark.parametrize("spoil", [lack_replicas, be_busy])
async def test_a_redis_that_can_do_nothing_just_now_is_none(
    own_redis: RedisServer, make_world: Callable[..., World], spoil: Callable[[Any], None]
) -> None:
    world = make_world(redis_url=own_redis.url)
    device = await world.signed_in()
    spoil(own_redis._client())
    for answer in await everything(device):
        assert (answer.status, answer.code) == (503, "backend.down")


async def test_a_redis_that_comes_back_empty_serves_again(
    own_redis: RedisServer, make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(redis_url=own_redis.url)
    device = await world.signed_in()
    own_redis.stop()
    for _ in range(10):
        assert (await device.renew()).status == 503
    own_redis.start()
    monkeypatch.setattr(world.store, "_rests_until_s", 0.0)
    world.moment.go(60)
    assert (await device.renew()).code == "token.invalid"
    sub = device.tokens["sub"]
    assert (await device.ask(EMAIL)).status == 200
    assert (await device.enter(EMAIL, await world.code())).status == 200
    assert device.tokens["sub"] == sub


async def test_a_frozen_redis_is_given_up_quickly(own_redis: RedisServer) -> None:
    store = open_store(own_redis.url)
    await store.ping()
    own_redis.freeze()
    began_s = time.monotonic()
    for _ in range(50):
        with pytest.raises(StoreDown):
            await store.ping()
    took_s = time.monotonic() - began_s
    own_redis.thaw()
    # After a few timeouts the rest fails at once; a slow machine may get through a second breaker.
    assert took_s < (SHIPPED.breaker_errors * SHIPPED.timeout_s + SHIPPED.breaker_rest_s) * 3
    await store.close()


async def test_a_full_redis_refuses_closed(own_redis: RedisServer, make_world: Callable[..., World]) -> None:
    world = make_world(redis_url=own_redis.url)
    device = await world.device()
    await world.store.command("CONFIG", "SET", "maxmemory", "1")
    await world.store.command("CONFIG", "SET", "maxmemory-policy", "noeviction")
    assert (await device.ask(EMAIL)).code == "backend.down"
    await world.store.command("CONFIG", "SET", "maxmemory", "0")
    assert (await device.ask(EMAIL)).status == 200


async def test_a_mistake_in_our_own_script_is_not_taken_for_an_outage(world: World) -> None:
    from redis.exceptions import ResponseError

    from auth.store.shared import Script

    with pytest.raises(ResponseError):
        await world.store.run(Script("return redis.call('NOSUCH')"), ["k"])
