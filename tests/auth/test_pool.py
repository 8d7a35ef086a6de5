"""Redis restarts or falls silent: which calls fail for the sake of connections that died with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from auth.store.opening import open_store
from auth.store.pool import HealingConnection
from auth.store.rules import Rules
from auth.store.shared import Store, StoreDown
from tests.fakes.redis_server import RedisServer, running_redis
from tests.fakes.serving import free_port

pytestmark = pytest.mark.no_cover

CONNECTIONS = 20
# Twenty connections are made at once on cores that others share; a frozen server is given up after as long.
RULES = Rules(timeout_ms=2000, wait_ms=8000)


class Deployment:
    """A Redis on TCP, as in production, and a store with many connections to it."""

    def __init__(self, redis: RedisServer) -> None:
        self.redis = redis
        self.store = open_store(redis.url, rules=RULES)

    async def connected(self) -> Store:
        await self.ask()
        assert len(self.pool._available_connections) == CONNECTIONS
        return self.store

    async def ask(self) -> list[object]:
        """As many calls at once as there are connections; each holds one."""
        calls = [self.store.command("BLPOP", "nothing", "0.02") for _ in range(CONNECTIONS)]
        answers: list[object] = await asyncio.gather(*calls, return_exceptions=True)
        return answers

    @property
    def pool(self) -> Any:
        return self.store._texts.connection_pool


@pytest.fixture
async def deployment() -> AsyncIterator[Deployment]:
    with running_redis(free_port()) as redis:
        made = Deployment(redis)
        yield made
        await made.store.close()


async def test_after_a_restart_of_redis_no_call_fails(deployment: Deployment) -> None:
    await deployment.connected()
    deployment.redis.stop()
    deployment.redis.start()
    # The loop is told of the closed sockets before anybody calls, as in a service that has nothing to do.
    await asyncio.sleep(0.05)
    assert not any(isinstance(answer, Exception) for answer in await deployment.ask())


async def test_calls_under_way_fail_and_the_next_ones_do_not(deployment: Deployment) -> None:
    store = await deployment.connected()
    under_way = asyncio.create_task(store.command("BLPOP", "nothing", "0.2"))
    await asyncio.sleep(0.02)
    deployment.redis.stop()
    deployment.redis.start()
    with pytest.raises(StoreDown):
        await under_way
    assert not any(isinstance(answer, Exception) for answer in await deployment.ask())


async def test_one_failure_renews_every_connection_that_was_idle(deployment: Deployment) -> None:
    store = await deployment.connected()
    before = {connection._writer for connection in deployment.pool._available_connections}
    deployment.redis.freeze()
    with pytest.raises(StoreDown):
        await store.ping()
    deployment.redis.thaw()
    # As if a router in between had forgotten them: nothing says that they are dead, and only one of them has failed.
    assert not any(isinstance(answer, Exception) for answer in await deployment.ask())
    after = {connection._writer for connection in deployment.pool._available_connections}
    assert before & after == set()


async def test_a_call_whose_connection_is_taken_away_before_it_was_sent_is_sent_anew() -> None:
    """What a cluster does to calls on their way when another one finds that a node has restarted."""
    port = free_port()
    with running_redis(port):
        connection: Any = HealingConnection(host="127.0.0.1", port=port, protocol=2, socket_timeout=2)
        await connection.connect()
        send = connection._send_packed_command
        cuts = [True]

        async def cut_once(command: Any) -> None:
            if cuts:
                cuts.pop()
                await connection.disconnect(nowait=True)
            await send(command)

        connection._send_packed_command = cut_once
        await connection.send_command("PING")
        assert await connection.read_response() == b"PONG"
        assert cuts == []
        await connection.disconnect()
