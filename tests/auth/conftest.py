"""Fixtures of the sign-in tests: a world on a real Redis, and a way to make more of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from auth.key_folder import new_folder
from tests.auth.world import World
from tests.fakes.moment import START_S
from tests.fakes.redis_server import PATIENT, RedisServer, redis_process, redis_server
from tests.fakes.smtp import SmtpServer

__all__ = ["redis_process", "redis_server"]


@pytest.fixture
async def make_world(tmp_path: Path, redis_server: RedisServer) -> AsyncIterator[Callable[..., World]]:
    """`make_world(code_tries=3, redis_url=None)`: a deployment with other rules; all share one key folder."""
    worlds: list[World] = []

    def make(**rules: Any) -> World:
        redis_url = rules.pop("redis_url", redis_server.url)
        worlds.append(World(tmp_path / "keys", redis_url, **rules))
        return worlds[-1]

    yield make
    for world in worlds:
        await world.close()


@pytest.fixture
def make_crowded_world(make_world: Callable[..., World]) -> Callable[..., World]:
    """Many calls at once take long on cores that others share; who waited too long would be told to come again."""
    return partial(make_world, store_timeout_ms=PATIENT.timeout_ms, store_wait_ms=PATIENT.wait_ms)


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world()


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpServer]:
    server = SmtpServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A key folder of `START_S`."""
    new_folder(tmp_path / "keys", "https://auth.test", START_S)
    return tmp_path / "keys"
