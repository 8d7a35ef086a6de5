"""A realm, two people in it, and a room with both."""

from __future__ import annotations

import pytest

from tests.fakes.frames import Room, open_room
from tests.fakes.people import Person, Seat, make_room, sign_in, sit
from tests.fakes.realm import Realm


@pytest.fixture
def realm() -> Realm:
    return Realm()


@pytest.fixture
async def ada(realm: Realm) -> Person:
    return await sign_in(realm, "Ada")


@pytest.fixture
async def ben(realm: Realm) -> Person:
    return await sign_in(realm, "Ben")


@pytest.fixture
async def seats(ada: Person, ben: Person) -> tuple[Seat, Seat]:
    genesis = make_room(ada)
    return await sit(ada, genesis), await sit(ben, genesis)


@pytest.fixture
async def room() -> Room:
    net, (ada, ben) = await open_room()
    return net, ada, ben
