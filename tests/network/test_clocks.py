"""Clocks that are wrong, and clocks that are set while people talk."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.pages.sign_in import SignIn
from tests.network.judged import from_the_start, nothing_wrong, settled
from tests.network.neighbourhood import Neighbourhood
from tests.network.visitor import Visitor

MIN_MS = 60_000
SKEWS = [-120, -60, -10, 10, 60, 120]
BEARABLE, UNBEARABLE = [-10, 10], [-120, -60, 60, 120]
TALK_S = 6
SENTENCE = "The clock of this device is wrong. Set it and try again."


async def gathered(neighbourhood: Neighbourhood, skews: list[int]) -> list[Visitor]:
    """One with the right time, and one for each clock, still set right."""
    home = neighbourhood.street.home()
    return [await neighbourhood.visitor(f"{minutes:+} min", home) for minutes in [0, *skews]]


async def set_clocks(people: list[Visitor], skews: list[int]) -> None:
    for person, minutes in zip(people, [0, *skews], strict=True):
        await person.page.evaluate("(ms) => setClock(ms)", minutes * MIN_MS)


async def test_clocks_that_are_set_while_people_talk_change_nothing(neighbourhood: Neighbourhood) -> None:
    people = await gathered(neighbourhood, SKEWS)
    talk = await neighbourhood.meet(*people)
    await settled(talk)
    await set_clocks(people, SKEWS)
    await talk.say_for(TALK_S, 1)
    nothing_wrong(await from_the_start(talk, changes=len(people)).faults())


async def test_clocks_that_are_set_before_people_meet_change_nothing(neighbourhood: Neighbourhood) -> None:
    people = await gathered(neighbourhood, SKEWS)
    await set_clocks(people, SKEWS)
    talk = await neighbourhood.meet(*people)
    await settled(talk)
    await talk.say_for(TALK_S, 1)
    nothing_wrong(await from_the_start(talk, changes=len(people)).faults())


async def test_clocks_that_are_wrong_by_minutes_change_nothing(neighbourhood: Neighbourhood) -> None:
    home = neighbourhood.street.home()
    slow, fast = [await neighbourhood.visitor(f"{m:+} min", home, clock=m * MIN_MS) for m in BEARABLE]
    talk = await neighbourhood.pair(slow, fast)
    await talk.say_for(TALK_S, 1)
    nothing_wrong(await from_the_start(talk).faults())


@pytest.mark.parametrize("minutes", UNBEARABLE)
async def test_who_signs_in_with_a_clock_that_is_wrong_by_hours_is_told_so(
    neighbourhood: Neighbourhood, minutes: int
) -> None:
    ben = await neighbourhood.stranger("Ben", clock=minutes * MIN_MS)
    form = SignIn(ben.page)
    await form.email.fill("ben@example.org")
    await ben.page.get_by_label("Name others see").fill("Ben")
    await ben.page.get_by_role("button", name="Send code").click()
    await expect(form.problem).to_contain_text(SENTENCE)
