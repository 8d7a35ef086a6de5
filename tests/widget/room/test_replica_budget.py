"""Who hands events over pays for them, before any signature is checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.homes import Home
from widget.crypto.reasons import EVENT_BODY, EVENT_BUDGET, EVENT_SIGNATURE
from widget.room.kinds.text import TextBody, write_text
from widget.room.limits import BAD_REST_MS, BAD_SIGNATURES, EVENTS_BURST, EVENTS_PER_S

EACH_MS = 1000 // EVENTS_PER_S
BODY = write_text(TextBody("another's"))


async def test_one_neighbour_may_bring_so_many_at_once(pair: list[Home]) -> None:
    ada, ben = pair
    events = await ada.events(EVENTS_BURST + 1)
    assert await ben.take(ada, *events) == [EVENT_BUDGET]
    assert len(ben.texts) == EVENTS_BURST


async def test_and_so_many_a_second_from_then_on(pair: list[Home], clock: HandClock) -> None:
    ada, ben = pair
    events = await ada.events(EVENTS_BURST + 3)
    assert await ben.take(ada, *events[:EVENTS_BURST]) == []
    await clock.advance(EACH_MS - 1)
    assert await ben.take(ada, events[EVENTS_BURST]) == [EVENT_BUDGET]
    await clock.advance(1)
    assert await ben.take(ada, *events[EVENTS_BURST : EVENTS_BURST + 2]) == [EVENT_BUDGET]
    await clock.advance(EACH_MS)
    assert await ben.take(ada, events[EVENTS_BURST + 1]) == []


async def test_the_others_do_not_pay_for_it(three: list[Home]) -> None:
    ada, ben, cleo = three
    events = await ada.events(EVENTS_BURST + 1)
    assert await cleo.take(ada, *events) == [EVENT_BUDGET]
    assert await cleo.take(ben, events[EVENTS_BURST], await ben.event("hello", clock=9999)) == []


async def test_what_is_known_and_what_is_forged_costs_the_same(pair: list[Home]) -> None:
    """Nothing is looked at before it is paid for."""
    ada, ben = pair
    event = await ada.event("hello")
    assert await ben.take(ada, *[event] * EVENTS_BURST) == []
    assert await ben.take(ada, event) == [EVENT_BUDGET]


async def test_what_was_asked_for_is_free(pair: list[Home]) -> None:
    ada, ben = pair
    events = await ada.events(EVENTS_BURST + 3)
    assert await ben.take(ada, *events[:EVENTS_BURST]) == []
    assert await ben.take_answer(ada, *events[EVENTS_BURST : EVENTS_BURST + 2]) == []
    assert await ben.take(ada, events[EVENTS_BURST + 2]) == [EVENT_BUDGET]


@pytest.mark.parametrize("count", [BAD_SIGNATURES - 1, BAD_SIGNATURES])
@pytest.mark.parametrize("reason", [EVENT_SIGNATURE, EVENT_BODY])
async def test_who_brings_three_forged_ones_is_not_read_for_a_minute(
    three: list[Home], clock: HandClock, count: int, reason: int
) -> None:
    ada, ben, cleo = three
    forged = await ada.event("forged")
    forged = replace(forged, author=ben.sid) if reason == EVENT_SIGNATURE else replace(forged, body=BODY)
    for _ in range(count):
        assert await cleo.take(ada, forged) == [reason]
    good = await ben.event("hello")
    is_read = count < BAD_SIGNATURES
    assert await cleo.take(ada, good) == ([] if is_read else [EVENT_BUDGET])
    if not is_read:
        assert await cleo.take_answer(ada, good) == [EVENT_BUDGET]
        await clock.advance(BAD_REST_MS - 1)
        assert await cleo.take(ada, good) == [EVENT_BUDGET]
        assert await cleo.take(ben, good) == [], "from others it is heard"
        await clock.advance(1)
        assert await cleo.take(ada, forged) == [reason], "then it counts from the beginning"
        assert await cleo.take(ada, await ben.event("more")) == []
