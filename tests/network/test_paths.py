"""Which way messages take through routers that let little through, and that the screen says it."""

from __future__ import annotations

import asyncio

import pytest

from tests.network.home import Home
from tests.network.judged import from_the_start, nothing_wrong, settled
from tests.network.neighbourhood import Neighbourhood
from tests.network.talk import Talk

STALL_MS = 10_000
UNANSWERED = 4  # HELLOs in the eight seconds of an attempt
NO_UDP, SYMMETRIC, OPEN = "no UDP", "symmetric NAT", "an ordinary router"


def house(neighbourhood: Neighbourhood, kind: str) -> Home:
    home = neighbourhood.street.home(symmetric=kind == SYMMETRIC)
    if kind == NO_UDP:
        home.no_udp()
    return home


async def met(neighbourhood: Neighbourhood, kinds: tuple[str, str], turn: str) -> Talk:
    ada, ben = await asyncio.gather(
        neighbourhood.visitor("Ada", house(neighbourhood, kinds[0]), turn=turn),
        neighbourhood.visitor("Ben", house(neighbourhood, kinds[1]), turn=turn),
    )
    return await neighbourhood.meet(ada, ben)


@pytest.mark.parametrize("kinds", [(NO_UDP, OPEN), (NO_UDP, NO_UDP), (SYMMETRIC, SYMMETRIC)], ids=str)
async def test_where_no_channel_can_be_the_relay_carries_all(
    neighbourhood: Neighbourhood, kinds: tuple[str, str]
) -> None:
    talk = await met(neighbourhood, kinds, "")
    nothing_wrong(await from_the_start(talk).faults())
    for person in talk.people:
        assert (await person.links(), await person.ways()) == (["relayed"], [])


@pytest.mark.parametrize(
    ("kinds", "turn"),
    [((SYMMETRIC, SYMMETRIC), "udp"), ((NO_UDP, OPEN), "tcp"), ((NO_UDP, NO_UDP), "tcp"), ((SYMMETRIC, NO_UDP), "tcp")],
    ids=str,
)
async def test_a_turn_server_connects_those_who_cannot_reach_each_other(
    neighbourhood: Neighbourhood, kinds: tuple[str, str], turn: str
) -> None:
    talk = await met(neighbourhood, kinds, turn)
    await settled(talk, "turn")
    nothing_wrong(await from_the_start(talk).faults())
    ways = [way for person in talk.people for way in await person.ways()]
    assert f"relay/{turn}" in ways


@pytest.mark.parametrize("where", ["joined", "channel"])
async def test_a_page_that_is_busy_for_ten_seconds_costs_no_packets(neighbourhood: Neighbourhood, where: str) -> None:
    ada, ben = await asyncio.gather(neighbourhood.visitor("Ada"), neighbourhood.visitor("Ben"))
    await ben.page.evaluate("(at) => { window.stallAt = at }", [where, STALL_MS])
    talk = await neighbourhood.meet(ada, ben)
    await settled(talk)
    assert await ben.page.evaluate("window.stallAt") is None
    nothing_wrong(await from_the_start(talk, unanswered=UNANSWERED).faults())
