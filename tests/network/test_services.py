"""Services that end and come back, while some talk directly and others through them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.network.judged import nothing_wrong, watch
from tests.network.neighbourhood import Neighbourhood
from tests.network.services import Services
from tests.network.talk import Talk

AWAY_S = 5
CATCH_UP_S = 60.0
DIRECT, RELAYED = "direct", "relayed"
Act = Callable[[Services], None]


async def pair(neighbourhood: Neighbourhood, way: str) -> Talk:
    """In one house. Those who are relayed hide their addresses from each other."""
    home, relay = neighbourhood.street.home(), "always" if way == RELAYED else "fallback"
    ada, ben = [await neighbourhood.visitor(name, home, relay=relay) for name in ("Ada", "Ben")]
    return await (neighbourhood.meet(ada, ben) if way == RELAYED else neighbourhood.pair(ada, ben))


async def away(talk: Talk, services: Services, end: Act, begin: Act) -> list[str]:
    """What was wrong after a service was away for a while and came back."""
    watched = await watch(talk)
    await asyncio.to_thread(end, services)
    await talk.say_for(AWAY_S, 1)
    await asyncio.to_thread(begin, services)
    since = time.time()
    await talk.say_until_heard(CATCH_UP_S)
    return await watched.faults(since)


FAULTS: dict[str, tuple[Act, Act]] = {
    "signaling crashes": (lambda services: services.signaling.kill(), lambda services: services.signaling.start()),
    "signaling is restarted": (lambda services: services.signaling.stop(), lambda services: services.signaling.start()),
    "Redis is restarted empty": (lambda services: services.redis.kill(), lambda services: services.redis.start()),
    "auth crashes": (lambda services: services.auth.kill(), lambda services: services.auth.start()),
    "workers are killed": (lambda services: services.kill_worker(0), lambda services: services.kill_worker(1)),
}


@pytest.mark.parametrize("way", [DIRECT, RELAYED])
@pytest.mark.parametrize("name", FAULTS)
async def test_a_service_that_was_away_costs_no_message(neighbourhood: Neighbourhood, name: str, way: str) -> None:
    talk = await pair(neighbourhood, way)
    nothing_wrong(await away(talk, neighbourhood.services, *FAULTS[name]))


async def test_who_talks_directly_does_not_need_the_services(neighbourhood: Neighbourhood) -> None:
    direct, relayed = [await pair(neighbourhood, way) for way in (DIRECT, RELAYED)]
    await asyncio.to_thread(neighbourhood.services.signaling.kill)
    try:
        await direct.say()
        await relayed.say(relayed.people[0])
        await direct.all_heard(AWAY_S)
        assert [await person.links() for person in direct.people] == [["direct"], ["direct"]]
        for person in relayed.people:
            assert await person.status() != "connected", await person.links()
            assert await person.links() != ["relayed"]
    finally:
        await asyncio.to_thread(neighbourhood.services.signaling.start)


async def test_who_has_a_token_comes_in_while_sign_in_is_away(neighbourhood: Neighbourhood) -> None:
    home = neighbourhood.street.home()
    ada, ben = await neighbourhood.visitor("Ada", home), await neighbourhood.visitor("Ben", home)
    await asyncio.to_thread(neighbourhood.services.auth.kill)
    try:
        await neighbourhood.pair(ada, ben)
    finally:
        await asyncio.to_thread(neighbourhood.services.auth.start)
