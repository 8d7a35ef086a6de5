"""A Redis whose master changes: each new connection asks the sentinels who it is."""

from __future__ import annotations

import weakref
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio.sentinel import Sentinel, SentinelManagedConnection, SentinelManagedSSLConnection

from auth.store.pool import HealingPool
from auth.store.urls import Place


class SentinelPool(HealingPool):
    """Connections to the master. `moved` is called when another server has become it."""

    # What redis-py's connection asks of its pool.
    is_master = True
    check_connection = False

    def __init__(self, place: Place, sentinel_options: dict[str, Any], **options: Any) -> None:
        given = {**place.options, **options}
        safe = given.pop("ssl", False)
        super().__init__(
            connection_class=SentinelManagedSSLConnection if safe else SentinelManagedConnection, **given
        )
        self.connection_kwargs["connection_pool"] = weakref.proxy(self)
        self.moved: Callable[[], Awaitable[None]] | None = None
        self._name = place.master
        watch: Any = Sentinel
        self._sentinel: Any = watch(list(place.hosts), sentinel_kwargs={**sentinel_options, "ssl": safe})
        self._master: tuple[str, int] | None = None

    async def get_master_address(self) -> tuple[str, int]:
        master: tuple[str, int] = await self._sentinel.discover_master(self._name)
        before, self._master = self._master, master
        if before not in (None, master):
            self.doubt()
            if self.moved is not None:
                await self.moved()
        return master

    async def disconnect(self, inuse_connections: bool = True) -> None:
        """The sentinels' connections as well."""
        await super().disconnect(inuse_connections)
        for sentinel in self._sentinel.sentinels:
            await sentinel.aclose(close_connection_pool=True)
