"""Two members of a room whose ends of a link a test puts together."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.people import Seat, make_room, sign_in, sit
from tests.fakes.world import World


@pytest.fixture
async def world() -> AsyncIterator[World]:
    made = World()
    yield made
    await made.close()


@pytest.fixture
async def members(world: World) -> tuple[Seat, Seat]:
    """The first has the lower session id."""
    ada, ben = await sign_in(world.realm, "Ada"), await sign_in(world.realm, "Ben")
    genesis = make_room(ada)
    low, high = sorted([await sit(ada, genesis), await sit(ben, genesis)], key=lambda seat: seat.sid)
    return low, high
