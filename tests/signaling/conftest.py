"""Fixtures of the signaling tests: workers on a real Redis."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from tests.fakes.redis_server import RedisServer, redis_process, redis_server
from tests.signaling.world import World

__all__ = ["redis_process", "redis_server"]


@pytest.fixture
async def make_world(redis_server: RedisServer) -> AsyncIterator[Callable[..., Awaitable[World]]]:
    """`await make_world(workers=2, strikes=5)`: a deployment with other rules."""
    worlds: list[World] = []

    async def make(workers: int = 1, **rules: Any) -> World:
        redis_url = rules.pop("redis_url", redis_server.url)
        worlds.append(World(redis_url, workers, **rules))
        return await worlds[-1].start()

    yield make
    for world in worlds:
        await world.close()


@pytest.fixture
async def world(make_world: Callable[..., Awaitable[World]]) -> World:
    return await make_world()
