"""A store on a Redis Cluster, of one node: what is asked of redis-py, and what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from auth.store.cluster import Cluster, ClusterEar
from auth.store.opening import open_store
from auth.store.pool import HealingConnection, HealingSslConnection
from auth.store.rules import Rules
from auth.store.shared import Script, Store, StoreDown
from auth.store.urls import read_url
from tests.fakes.redis_groups import Node, lone_node

pytestmark = pytest.mark.no_cover

LOGIN = "ann:secret@"


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with lone_node() as started:
        yield started


@pytest.fixture
async def store(node: Node) -> AsyncIterator[Store]:
    opened = open_store(_url(node), rules=Rules(timeout_ms=500, wait_ms=500, connections=1))
    yield opened
    await opened.close()


def _url(node: Node) -> str:
    return f"redis+cluster://127.0.0.1:{node.port}"


async def test_what_is_kept_comes_back_as_text(store: Store) -> None:
    await store.command("SET", "name", "Zoë")
    assert await store.command("GET", "name") == "Zoë"
    assert await store.run(Script("return {KEYS[1], ARGV[1]}"), ["{a}1"], ["b"]) == ["{a}1", "b"]


async def test_a_script_goes_by_the_clock_that_a_test_gives(node: Node) -> None:
    store = open_store(_url(node), lambda: 12.5)
    assert await store.run(Script("return now"), ["k"]) == 12_500
    await store.close()


async def test_what_is_published_is_heard_as_bytes(store: Store) -> None:
    ear = await store.subscribe("news")
    await store.publish("news", b"\xff\x00")
    assert await ear.next() == ("news", b"\xff\x00")
    await ear.close()


async def test_a_call_that_finds_every_connection_taken_is_given_up(store: Store) -> None:
    await store.ping()
    await store._texts._gate.acquire()  # the only one
    with pytest.raises(StoreDown):
        await asyncio.wait_for(store.command("GET", "name"), 5)
    store._texts._gate.release()
    assert await store.command("GET", "nothing") is None


async def test_the_nodes_are_known_before_the_first_call_is_sent() -> None:
    cluster, asked = _cluster("redis+cluster://one"), Asked()
    cluster._cluster = asked
    await cluster.execute_command("GET", "a")
    await cluster.execute_command("GET", "b")
    assert asked.done == [("initialized",), ("GET", "a", {}), ("GET", "b", {})]


async def test_the_clock_of_a_test_goes_with_every_script() -> None:
    store, asked = open_store("redis+cluster://one", lambda: 12.5), Asked()
    store._texts._cluster = asked
    await store.run(Script("return now"), ["k"], ["a"])
    assert asked.done[-1][2:] == (1, "k", "a", 12_500, {})


def test_a_slot_that_has_moved_closes_no_connection() -> None:
    assert _cluster("redis+cluster://one")._cluster.reinitialize_steps == 0


class Asked:
    """In redis-py's place: notes what it is asked to do."""

    def __init__(self, nodes: tuple[Any, ...] = ()) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.nodes = nodes

    async def execute_command(self, *parts: Any, **options: Any) -> None:
        self.done.append((*parts, options))

    def get_default_node(self) -> object:
        return True if ("initialized",) in self.done else None

    async def initialize(self) -> None:
        self.done.append(("initialized",))

    def get_nodes(self) -> tuple[Any, ...]:
        return self.nodes

    async def aclose(self) -> None:
        self.done.append(("closed",))


async def test_every_master_must_answer_a_ping_and_is_closed_with_the_store() -> None:
    cluster, asked = _cluster("redis+cluster://one"), Asked()
    cluster._cluster = asked
    await cluster.ping()
    await cluster.aclose()
    assert asked.done == [("initialized",), ("PING", {"target_nodes": "primaries"}), ("closed",)]


@pytest.mark.parametrize(("url", "kind"), [
    (f"redis+cluster://{LOGIN}one:7000", HealingConnection),
    (f"rediss+cluster://{LOGIN}one:7000", HealingSslConnection),
])
def test_a_connection_is_made_as_the_url_says(url: str, kind: type) -> None:
    options = _cluster(url)._cluster.connection_kwargs
    assert options["connection_class"] is kind
    assert (options["username"], options["password"], options["socket_timeout"]) == ("ann", "secret", 0.25)


def test_the_hosts_of_the_url_are_where_it_begins() -> None:
    cluster = _cluster("redis+cluster://one:7000,two:7001")
    begins = cluster._cluster.nodes_manager.startup_nodes
    assert sorted((node.host, node.port) for node in begins.values()) == [("one", 7000), ("two", 7001)]
    assert {node.max_connections for node in begins.values()} == {3}


async def test_channels_are_heard_at_a_node_that_is_known_by_now() -> None:
    """At the hosts of the URL until one has answered; each node has one client, however often it is heard."""
    cluster = _cluster("redis+cluster://one:7000")
    ear = ClusterEar(cluster, {"username": "ann"})
    assert cluster.places() == [("one", 7000)]
    ear.pubsub()
    asked = Asked((Place("two", 7001),))
    cluster._cluster = asked
    first, again = ear.pubsub(), ear.pubsub()
    assert first.connection_pool is again.connection_pool
    wanted = first.connection_pool.connection_kwargs
    assert (wanted["host"], wanted["port"], wanted["username"]) == ("two", 7001, "ann")
    assert sorted(ear._clients) == [("one", 7000), ("two", 7001)]


class Place:
    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port


@pytest.mark.parametrize("whole", [True, False])
async def test_every_node_that_was_heard_is_closed_as_asked(whole: bool) -> None:
    ear, heard = ClusterEar(_cluster("redis+cluster://one"), {}), [Heard(), Heard()]
    ear._clients = {("one", 1): heard[0], ("two", 2): heard[1]}
    await ear.aclose(close_connection_pool=whole)
    assert [client.closed for client in heard] == [[whole], [whole]]


class Heard:
    def __init__(self) -> None:
        self.closed: list[bool] = []

    async def aclose(self, close_connection_pool: bool) -> None:
        self.closed.append(close_connection_pool)


def _cluster(url: str) -> Cluster:
    return Cluster(read_url(url), 3, 1.0, socket_timeout=0.25)
