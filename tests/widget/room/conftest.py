"""Members who hold copies of one log."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.widget.room.copies import Copy, Net, Room


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
