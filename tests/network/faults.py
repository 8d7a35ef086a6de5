"""What happens to a pair: networks that go away and come back, pages that stand still."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from tests.network.judged import watch
from tests.network.talk import Talk

CATCH_UP_S = 60.0
LONG_S, VERY_LONG_S = 30, 180
SLEEP_S, NAP_S = 600, 20

Fault = Callable[[Talk], Awaitable[list[str]]]


async def happened(talk: Talk, fault: Fault) -> list[str]:
    """What was wrong in the end."""
    watched = await watch(talk)
    untrue = await fault(talk)
    since = time.time()
    await talk.say_until_heard(CATCH_UP_S)
    return untrue + await watched.faults(since)


def cut(seconds: int, sides: int, unplugged: bool = False) -> Fault:
    """Those of the first, or both, are cut off while both go on speaking."""

    async def fault(talk: Talk) -> list[str]:
        homes = [person.home for person in talk.people[:sides]]
        for home in homes:
            home.unplug() if unplugged else home.cut()
        await talk.say_for(seconds, 1 if seconds <= LONG_S else 5)
        untrue = await _untrue_of_the_cut(talk, seconds, sides)
        for home in homes:
            home.plug_in() if unplugged else home.mend()
        return untrue

    return fault


async def move(talk: Talk) -> list[str]:
    """Into another network, at once."""
    talk.people[0].home.move()
    return []


def stop(seconds: int, each_s: float) -> Fault:
    """The first one's page stands still while the other speaks."""

    async def fault(talk: Talk) -> list[str]:
        home = talk.people[0].home
        home.stop_pages()
        await talk.say_for(seconds, each_s, talk.people[1])
        home.let_pages_go_on()
        return []

    return fault


async def _untrue_of_the_cut(talk: Talk, seconds: int, sides: int) -> list[str]:
    """Who is cut off for half a minute must not be shown as connected, nor another as reached directly."""
    found: list[str] = []
    for person in talk.people if seconds >= LONG_S else []:
        status, links = await person.status(), await person.links()
        is_cut = person in talk.people[:sides]
        if "direct" in links or (is_cut and status == "connected") or (seconds >= VERY_LONG_S and "relayed" in links):
            found.append(f"untrue after {seconds} s: {person.name}{' (cut)' if is_cut else ''} is {status}, {links}")
    return found


# By hand: the first takes more than a part of the night may.
SLEEPS: dict[str, Fault] = {
    "a page stands still for 10 minutes": stop(SLEEP_S, 20),
    "a page stands still for 20 s while much is said": stop(NAP_S, 0.25),
}
AWAY: dict[str, Fault] = {
    "another address": move,
    "3 minutes, one side": cut(VERY_LONG_S, 1),
    "3 minutes, both": cut(VERY_LONG_S, 2),
}
CUTS: dict[str, Fault] = {
    "5 s, one side": cut(5, 1),
    "5 s, both": cut(5, 2),
    "30 s, one side": cut(LONG_S, 1),
    "30 s, both": cut(LONG_S, 2),
    "30 s, unplugged": cut(LONG_S, 1, unplugged=True),
}
