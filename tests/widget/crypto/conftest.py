"""A realm, and a room with two people in it."""

from __future__ import annotations

import pytest

from tests.fakes.people import Person, sign_in
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
