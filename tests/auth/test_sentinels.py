"""A master that sentinels name: who is asked for it, what ends when another one is it, and what is closed."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import SSLConnection

from auth.store.opening import open_store
from auth.store.rules import Rules
from auth.store.shared import Store, StoreDown
from tests.fakes.redis_groups import Node, Sentinel, eventually
from tests.fakes.serving import free_ports

RULES = Rules(timeout_ms=2000)


class Group:
    """Two servers that know nothing of each other, and a sentinel that points to one of them."""

    def __init__(self, folder: Path) -> None:
        ports = free_ports(3)
        self.old, self.new = Node(folder, ports[0]), Node(folder, ports[1])
        self.sentinel = Sentinel(folder, ports[2], self.old.port)
        self.nodes = (self.old, self.new, self.sentinel)

    def start(self) -> None:
        for node in self.nodes:
            node.start()
        self.old.ask("SET", "who", "old")
        self.new.ask("SET", "who", "new")

    def kill(self) -> None:
        for node in self.nodes:
            node.kill()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    made = Group(tmp_path_factory.mktemp("group"))
    try:
        made.start()
        yield made
    finally:
        made.kill()


@pytest.fixture
def group(started: Group) -> Group:
    started.sentinel.point_to(started.old.port)
    return started


@pytest.fixture
async def store(group: Group) -> AsyncIterator[Store]:
    opened = open_store(group.sentinel.url, rules=RULES)
    yield opened
    await opened.close()


async def _two_ask(store: Store) -> list[str]:
    """At once, so that there are two connections."""
    answers: list[str] = await asyncio.gather(*(store.command("GET", "who") for _ in range(2)))
    assert len(store._texts.connection_pool._available_connections) == 2
    return answers


@asynccontextmanager
async def _hearing(store: Store, node: Node) -> AsyncIterator[asyncio.Task[tuple[str, bytes]]]:
    """Of `news`, which is published at this node."""
    ear = await store.subscribe("news")
    eventually(lambda: node.ask("PUBSUB", "NUMSUB", "news") == ["news", 1])
    yield asyncio.create_task(ear.next())
    await ear.close()


async def test_where_the_master_has_moved_to_every_connection_follows(group: Group, store: Store) -> None:
    assert await _two_ask(store) == ["old", "old"]
    async with _hearing(store, group.old) as hearing:
        group.sentinel.point_to(group.new.port)
        await store._texts.connection_pool._available_connections[-1].disconnect()
        assert await store.command("GET", "who") == "new"
        assert await _two_ask(store) == ["new", "new"]
        with pytest.raises(StoreDown):
            await asyncio.wait_for(hearing, 10)
    async with _hearing(store, group.new) as hearing:
        assert await store.publish("news", b"x") == 1
        assert await asyncio.wait_for(hearing, 10) == ("news", b"x")


async def test_a_further_connection_to_the_same_master_disturbs_nobody(group: Group, store: Store) -> None:
    await store.ping()
    (first,) = store._texts.connection_pool._available_connections
    async with _hearing(store, group.old) as hearing:
        await _two_ask(store)
        assert not first.should_reconnect()
        assert await store.publish("news", b"x") == 1
        assert await asyncio.wait_for(hearing, 10) == ("news", b"x")


async def test_a_closed_store_leaves_no_connection_at_the_sentinels(group: Group) -> None:
    store = open_store(group.sentinel.url, rules=RULES)
    await store.ping()
    assert _connections(group.sentinel) == 1
    await store.close()
    eventually(lambda: _connections(group.sentinel) == 0)


def _connections(node: Node) -> int:
    """Without the one that asks."""
    return len(str(node.ask("CLIENT", "LIST")).splitlines()) - 1


async def test_a_sentinel_that_says_nothing_is_passed_over_in_the_time_of_a_command(group: Group) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]},127.0.0.1:{group.sentinel.port}"
        store = open_store(f"redis+sentinel://{place}/chat", rules=Rules(timeout_ms=300))
        assert await asyncio.wait_for(store.command("GET", "who"), 4) == "old"
        await store.close()


@pytest.mark.parametrize(("scheme", "safe"), [("redis", False), ("rediss", True)])
async def test_masters_and_sentinels_are_reached_as_safely_as_the_url_says(scheme: str, safe: bool) -> None:
    store = open_store(f"{scheme}+sentinel://127.0.0.1:1/chat")
    for client in (store._texts, store._raw):
        pool = client.connection_pool
        asked = [sentinel.connection_pool for sentinel in pool._sentinel.sentinels]
        assert [isinstance(one.make_connection(), SSLConnection) for one in (pool, *asked)] == [safe, safe]
    await store.close()
