"""A Redis Cluster behind the calls of one Redis: redis-py finds the node of each key, and the nodes that took over."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster

from auth.store.pool import HealingConnection, HealingSslConnection
from auth.store.urls import Place


class Cluster:
    """Keys of one call share a {tag}. A call that failed is not repeated here: it may have been done."""

    def __init__(self, place: Place, connections: int, wait_s: float, **options: Any) -> None:
        nodes = [ClusterNode(host, port) for host, port in place.hosts]
        # A slot that has moved is noted. By default every fifth one closes all connections, also those in use.
        given: dict[str, Any] = {"decode_responses": True, "max_connections": connections, "reinitialize_steps": 0}
        self._cluster: Any = RedisCluster(startup_nodes=nodes, **given, **place.options, **options)
        safe = "ssl" in place.options
        self._cluster.connection_kwargs["connection_class"] = HealingSslConnection if safe else HealingConnection
        self._gate = asyncio.Semaphore(connections)
        self._wait_s = wait_s
        self._hosts = place.hosts

    async def execute_command(self, *parts: Any, **options: Any) -> Any:
        """TimeoutError when no connection comes free in time, or when the nodes send us from one to the other."""
        async with asyncio.timeout(self._wait_s), self._gate:
            # redis-py sends a command anywhere while it does not know the nodes, and asks for them afterwards.
            if self._cluster.get_default_node() is None:
                await self._cluster.initialize()
            return await self._cluster.execute_command(*parts, **options)

    async def publish(self, channel: str, data: bytes) -> Any:
        return await self.execute_command("PUBLISH", channel, data)

    async def ping(self) -> None:
        """Every master has a part of the keys, so each must answer."""
        await self.execute_command("PING", target_nodes=RedisCluster.PRIMARIES)

    def places(self) -> list[tuple[str, int]]:
        """The nodes that are known by now."""
        return [(node.host, node.port) for node in self._cluster.get_nodes()] or list(self._hosts)

    async def aclose(self, close_connection_pool: bool = True) -> None:
        await self._cluster.aclose()


class ClusterEar:
    """Where to hear channels: any node will do, since nodes pass on what is published. Each turn may take another."""

    def __init__(self, cluster: Cluster, options: dict[str, Any]) -> None:
        self._cluster = cluster
        self._options = options
        self._clients: dict[tuple[str, int], Any] = {}

    def pubsub(self) -> Any:
        host, port = random.choice(self._cluster.places())  # noqa: S311 - spreads load, hides nothing
        if (host, port) not in self._clients:
            self._clients[host, port] = Redis(host=host, port=port, decode_responses=False, **self._options)
        return self._clients[host, port].pubsub()

    async def aclose(self, close_connection_pool: bool = True) -> None:
        for client in self._clients.values():
            await client.aclose(close_connection_pool=close_connection_pool)
