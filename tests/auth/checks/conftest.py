"""Stores and a Redis server of its own for the checks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from auth.store.opening import open_store
from auth.store.shared import Store
from tests.auth.checks.findings import client
from tests.fakes.redis_server import PATIENT, RedisServer, running_redis
from tests.fakes.serving import free_port


@pytest.fixture
async def opened() -> AsyncIterator[Callable[[str | None], Store]]:
    stores: list[Store] = []

    def make(url: str | None) -> Store:
        stores.append(open_store(url, rules=PATIENT))
        return stores[-1]

    yield make
    for store in stores:
        await store.close()


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    with running_redis(free_port()) as server:
        client(server).config_set("appendonly", "yes")
        yield server
