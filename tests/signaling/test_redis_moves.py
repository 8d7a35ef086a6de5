"""Connections that a Redis has left behind: idle ones to a node that was restarted, ears at a master that is none."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from auth.store.opening import open_store
from auth.store.shared import StoreDown
from tests.fakes.redis_groups import Node, running_cluster
from tests.fakes.serving import free_ports

pytestmark = pytest.mark.no_cover

CONNECTIONS = 5


async def test_after_the_restart_of_a_node_no_call_fails() -> None:
    """Nor one of the first ones, which arrive at once, before anything is known of the nodes."""
    with running_cluster() as cluster:
        node = cluster.masters[1]
        store = open_store(cluster.url)
        key = _key_of(node)

        async def ask() -> list[object]:
            calls = [store.command("BLPOP", key, "0.05") for _ in range(CONNECTIONS)]
            answers: list[object] = await asyncio.gather(*calls, return_exceptions=True)
            return answers

        assert await ask() == [None] * CONNECTIONS
        node.kill()
        node.start()
        cluster.settle()
        # The loop is told of the closed sockets before anybody calls, as in a service that has nothing to do.
        await asyncio.sleep(0.05)
        assert await ask() == [None] * CONNECTIONS
        await store.close()


def _key_of(node: Node) -> str:
    """A key that this node of a cluster keeps."""
    first = next(row for row in node.ask("CLUSTER", "SLOTS") if row[2][1] == node.port)
    return next(
        key for key in map(str, range(1000)) if first[0] <= int(node.ask("CLUSTER", "KEYSLOT", key)) <= first[1]
    )


class Sentinels:
    """Say who the master is."""

    def __init__(self, node: Node) -> None:
        self.master = node
        self.sentinels: list[object] = []

    async def discover_master(self, name: str) -> tuple[str, int]:
        return "127.0.0.1", self.master.port


async def test_who_hears_a_master_that_is_none_any_more_notices(tmp_path: Path) -> None:
    old, new = (Node(tmp_path, port) for port in free_ports(2))
    store = open_store("redis+sentinel://127.0.0.1:1/chat")
    sentinels = Sentinels(old)
    for client in (store._texts, store._raw):
        client.connection_pool._sentinel = sentinels
    try:
        old.start()
        new.start()
        await store.command("SET", "a", "old")
        ear = await store.subscribe("news")
        hearing = asyncio.create_task(ear.next())
        sentinels.master = new  # the old one lives on, cut off from the others
        store._doubt()
        assert await store.command("GET", "a") is None
        with pytest.raises(StoreDown):
            await asyncio.wait_for(hearing, 10)
        await ear.close()
    finally:
        await store.close()
        old.kill()
        new.kill()
