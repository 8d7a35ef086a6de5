"""Fixtures of the tests of emotes: 7TV's stand-in, and services that ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.redis_server import redis_process, redis_server
from tests.fakes.seven_tv import SevenTv, seven_tv
from tests.signaling.conftest import make_world
from tests.signaling.world import World

__all__ = ["make_world", "redis_process", "redis_server"]

MakeWorld = Callable[..., Awaitable[World]]


@pytest.fixture
async def there() -> AsyncIterator[SevenTv]:
    """7TV."""
    async with seven_tv() as fake:
        yield fake


@pytest.fixture
def make(make_world: MakeWorld, there: SevenTv, tmp_path: Path) -> MakeWorld:
    """A deployment that asks `there` and keeps pictures in a folder."""

    async def made(workers: int = 1, **rules: Any) -> World:
        places = {"seven_tv_url": there.url, "seven_tv": True, "emote_shelf": str(tmp_path / "shelf"), **rules}
        return await make_world(workers, **places)

    return made


@pytest.fixture
async def world(make: MakeWorld) -> World:
    return await make()
