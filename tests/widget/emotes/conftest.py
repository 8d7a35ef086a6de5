"""A world for each test, which fails it if something raised where nobody could catch it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.world import World


@pytest.fixture
async def world() -> AsyncIterator[World]:
    made = World()
    yield made
    await made.close()
