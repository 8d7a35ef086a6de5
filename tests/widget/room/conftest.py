"""Members who hold copies of one log: with keys and connections (`pair`, `three`), and without (`room`)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.copies import Copy, Net, Room
from tests.widget.room.homes import Home, homes_of


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    """So many members who met and rest."""
    nets: list[Net] = []

    async def made(count: int) -> tuple[Net, list[Copy]]:
        net = Net(count)
        nets.append(net)
        await net.rest()
        net.forget()
        return net, list(net.copies.values())

    yield made
    for net in nets:
        await net.close()


@pytest.fixture
async def clock() -> AsyncIterator[HandClock]:
    made = HandClock()
    yield made
    await made.close()
    assert made.errors == []


@pytest.fixture
async def pair(clock: HandClock) -> list[Home]:
    return await homes_of(clock, 2)


@pytest.fixture
async def three(clock: HandClock) -> list[Home]:
    return await homes_of(clock, 3)
