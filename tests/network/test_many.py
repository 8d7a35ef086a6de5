"""A full room behind one address, with the limits that are shipped."""

from __future__ import annotations

import asyncio

from tests.network.judged import from_the_start, nothing_wrong
from tests.network.neighbourhood import Neighbourhood
from tests.network.talk import Talk
from tests.network.visitor import Visitor

PEOPLE = 16
WITHIN_S = 120.0


async def arrived(neighbourhood: Neighbourhood) -> list[Visitor]:
    home = neighbourhood.street.home()
    return [await neighbourhood.visitor(f"M{number}", home) for number in range(PEOPLE)]


async def all_is_well(people: list[Visitor]) -> None:
    talk = Talk(*people)
    for person in people:
        await person.links_become("direct", WITHIN_S)
    await talk.say()
    nothing_wrong(await from_the_start(talk, changes=PEOPLE).faults())


async def test_sixteen_come_in_at_once(neighbourhood: Neighbourhood) -> None:
    people = await arrived(neighbourhood)
    room = await people[0].create("full")
    await asyncio.gather(*(person.join(room) for person in people[1:]))
    await all_is_well(people)


async def test_sixteen_come_in_one_after_the_other(neighbourhood: Neighbourhood) -> None:
    people = await arrived(neighbourhood)
    room = await people[0].create("full")
    for person in people[1:]:
        await person.join(room)
    await all_is_well(people)
