"""A line on which every fifth packet is lost and an answer takes 0.3 s."""

from __future__ import annotations

from tests.network.judged import from_the_start, nothing_wrong
from tests.network.neighbourhood import Neighbourhood

LOSS, DELAY_MS = 0.2, 150
TALK_S = 20


async def test_over_a_bad_line_all_is_heard(neighbourhood: Neighbourhood) -> None:
    ada, ben = await neighbourhood.visitor("Ada"), await neighbourhood.visitor("Ben")
    ben.home.slow_down(LOSS, DELAY_MS)
    talk = await neighbourhood.meet(ada, ben)
    await talk.say_for(TALK_S, 0.5)
    nothing_wrong(await from_the_start(talk).faults())
