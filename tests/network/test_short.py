"""Networks as they are, in a minute: no UDP, TURN over TCP, a short cut, a page that is busy."""

from __future__ import annotations

import pytest

from tests.network.judged import from_the_start, nothing_wrong, settled
from tests.network.neighbourhood import Neighbourhood

CUT_S = 5
STALL_MS = 2500


async def test_without_udp_on_both_ends_people_talk_through_the_relay(neighbourhood: Neighbourhood) -> None:
    ada, ben = await neighbourhood.visitor("Ada"), await neighbourhood.visitor("Ben")
    ada.home.no_udp()
    ben.home.no_udp()
    talk = await neighbourhood.meet(ada, ben)
    nothing_wrong(await from_the_start(talk).faults())
    assert (await ada.links(), await ben.links()) == (["relayed"], ["relayed"])
    assert (await ada.ways(), await ben.ways()) == ([], [])


async def test_without_udp_on_both_ends_turn_over_tcp_connects_them(neighbourhood: Neighbourhood) -> None:
    ada, ben = await neighbourhood.visitor("Ada", turn="tcp"), await neighbourhood.visitor("Ben", turn="tcp")
    ada.home.no_udp()
    ben.home.no_udp()
    talk = await neighbourhood.pair(ada, ben, "turn")
    nothing_wrong(await from_the_start(talk).faults())
    assert (await ada.ways(), await ben.ways()) == (["relay/tcp"], ["relay/tcp"])


async def test_a_cut_of_five_seconds_loses_nothing(neighbourhood: Neighbourhood) -> None:
    ada, ben = await neighbourhood.visitor("Ada"), await neighbourhood.visitor("Ben")
    talk = await neighbourhood.pair(ada, ben)
    ada.home.cut()
    await talk.say_for(CUT_S, 1)
    ada.home.mend()
    nothing_wrong(await from_the_start(talk).faults())
    await settled(talk)


@pytest.mark.parametrize("where", ["joined", "channel"])
async def test_a_page_that_is_busy_while_it_comes_in_costs_no_packets(
    neighbourhood: Neighbourhood, where: str
) -> None:
    ada, ben = await neighbourhood.visitor("Ada"), await neighbourhood.visitor("Ben")
    await ben.page.evaluate("(at) => { window.stallAt = at }", [where, STALL_MS])
    talk = await neighbourhood.pair(ada, ben)
    assert await ben.page.evaluate("window.stallAt") is None
    nothing_wrong(await from_the_start(talk).faults())
