"""Networks as they are, in a minute: no UDP, TURN over TCP, a short cut, a page that is busy."""

from __future__ import annotations

import asyncio

import pytest

from tests.network.neighbourhood import PATIENCE_S, Neighbourhood
from tests.network.packets import packets, wasted
from tests.network.talk import Talk
from tests.network.visitor import Visitor

CUT_S = 5
STALL_MS = 2500


async def fine(talk: Talk) -> None:
    """All was heard, once, nobody is told something false, nobody was alarmed."""
    await talk.all_heard(PATIENCE_S)
    assert await talk.doubled() == []
    assert await talk.alarms() == []
    assert await talk.false_words() == []


async def thrifty(*people: Visitor, said: int) -> None:
    """Since they came."""
    for person in people:
        assert wasted(await packets(person), said) == [], person.name


async def test_without_udp_on_both_ends_people_talk_through_the_relay(neighbourhood: Neighbourhood) -> None:
    ada, ben = await neighbourhood.visitor("Ada"), await neighbourhood.visitor("Ben")
    ada.home.no_udp()
    ben.home.no_udp()
    talk = await neighbourhood.meet(ada, ben)
    await talk.say()
    await fine(talk)
    assert (await ada.links(), await ben.links()) == (["relayed"], ["relayed"])
    assert (await ada.ways(), await ben.ways()) == ([], [])
    await thrifty(ada, ben, said=2)


async def test_without_udp_on_both_ends_turn_over_tcp_connects_them(neighbourhood: Neighbourhood) -> None:
    ada, ben = await neighbourhood.visitor("Ada", turn="tcp"), await neighbourhood.visitor("Ben", turn="tcp")
    ada.home.no_udp()
    ben.home.no_udp()
    talk = await neighbourhood.pair(ada, ben)
    await talk.say()
    await fine(talk)
    assert (await ada.ways(), await ben.ways()) == (["relay/tcp"], ["relay/tcp"])
    await thrifty(ada, ben, said=2)


async def test_a_cut_of_five_seconds_loses_nothing(neighbourhood: Neighbourhood) -> None:
    ada, ben = await neighbourhood.visitor("Ada"), await neighbourhood.visitor("Ben")
    talk = await neighbourhood.pair(ada, ben)
    ada.home.cut()
    await talk.say_for(CUT_S, 1)
    ada.home.mend()
    await talk.say()
    await fine(talk)
    await thrifty(ada, ben, said=CUT_S + 2)
    for person in (ada, ben):
        await person.links_become("direct")


@pytest.mark.parametrize("where", ["joined", "channel"])
async def test_a_page_that_is_busy_while_it_comes_in_costs_no_packets(
    neighbourhood: Neighbourhood, where: str
) -> None:
    ada, ben = await neighbourhood.visitor("Ada"), await neighbourhood.visitor("Ben")
    await ben.page.evaluate("(at) => { window.stallAt = at }", [where, STALL_MS])
    talk = await neighbourhood.meet(ada, ben)
    await asyncio.gather(ada.links_become("direct"), ben.links_become("direct"))
    assert await ben.page.evaluate("window.stallAt") is None
    await talk.say()
    await fine(talk)
    await thrifty(ada, ben, said=2)
