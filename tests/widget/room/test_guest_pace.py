"""A guest says so much a minute: members take no more, whoever hands it over and whatever the service lets through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.homes import Home
from widget.crypto.reasons import EVENT_PACE, EVENT_SIGNATURE
from widget.room.limits import GUEST_AT_ONCE, GUEST_BURST, GUEST_EACH_MS, GUEST_MET_MS
from widget.wire.event import Event

pytestmark = pytest.mark.no_cover

SAID = 60


def test_the_numbers() -> None:
    assert (60_000 // GUEST_EACH_MS, GUEST_BURST, GUEST_AT_ONCE, GUEST_MET_MS) == (20, 20, 40, 60_000)


def guest(member: Home, clock: HandClock, *homes: Home, sub: str = "") -> None:
    """Nobody vouches for that member, as everybody knows."""
    for home in homes:
        peer = home.seat.group.member(member.sid)
        assert peer is not None
        known = home.seat.group._keyring.membership._verified
        known[member.sid] = replace(peer, via="guest", sub=sub or peer.sub, iat_ms=clock.now_ms())
        home.replica.sync.met(member.sid)


async def flood(three: list[Home], clock: HandClock) -> list[Event]:
    """Whom Ann and Ben have met long ago says too much at once."""
    ann, ben, gus = three
    guest(gus, clock, ann, ben)
    await clock.advance(GUEST_MET_MS)
    return await gus.events(SAID)


async def test_a_burst_is_taken_and_what_is_more_is_counted(three: list[Home], clock: HandClock) -> None:
    ann, ben, gus = three
    events = await flood(three, clock)
    assert await ann.take(gus, *events) == [EVENT_PACE] * (SAID - GUEST_AT_ONCE)
    assert len(ann.texts) == GUEST_AT_ONCE
    assert await ben.take(gus, *events[:GUEST_AT_ONCE]) == []


async def test_then_one_every_three_seconds(three: list[Home], clock: HandClock) -> None:
    ann, _ben, gus = three
    events = await flood(three, clock)
    assert await ann.take(gus, *events[:GUEST_AT_ONCE]) == []
    await clock.advance(GUEST_EACH_MS - 1)
    assert await ann.take_answer(gus, events[GUEST_AT_ONCE]) == [EVENT_PACE]
    await clock.advance(1)
    assert await ann.take_answer(gus, *events[GUEST_AT_ONCE : GUEST_AT_ONCE + 2]) == [EVENT_PACE]


async def test_by_way_of_others_it_is_no_more(three: list[Home], clock: HandClock) -> None:
    ann, ben, gus = three
    events = await flood(three, clock)
    assert await ann.take(gus, *events[:GUEST_AT_ONCE]) == []
    assert await ann.take_answer(ben, *events[GUEST_AT_ONCE:]) == [EVENT_PACE] * (SAID - GUEST_AT_ONCE)


async def test_who_is_no_guest_may_say_more(three: list[Home], clock: HandClock) -> None:
    ann, ben, _gus = three
    await clock.advance(GUEST_MET_MS)
    assert await ann.take(ben, *await ben.events(SAID)) == []


async def test_what_waits_for_another_counts_once(three: list[Home], clock: HandClock) -> None:
    ann, _ben, gus = three
    events = await flood(three, clock)
    assert await ann.take(gus, events[0]) == []
    for _ in range(3):
        assert await ann.take(gus, *events[2:GUEST_AT_ONCE]) == []
    assert await ann.take(gus, *events[1 : GUEST_AT_ONCE + 1]) == [EVENT_PACE]
    assert len(ann.texts) == GUEST_AT_ONCE


async def test_forged_events_take_nothing_from_a_guest(three: list[Home], clock: HandClock) -> None:
    ann, ben, gus = three
    events = await flood(three, clock)
    forged = [replace(event, at_ms=1) for event in events]
    assert set(await ann.take(ben, *forged)) == {EVENT_SIGNATURE}
    assert await ann.take(gus, *events[:GUEST_AT_ONCE]) == []


async def test_what_was_said_before_we_met_is_no_flood(three: list[Home], clock: HandClock) -> None:
    """Late delivery and history: an hour's talk, taken at once by who meets the guest again, or never met one."""
    ann, ben, gus = three
    guest(gus, clock, ann, ben)
    await clock.advance(SAID * GUEST_EACH_MS)
    hour = await gus.events(SAID + GUEST_AT_ONCE)
    ann.replica.sync.met(gus.sid)
    ben.replica.sync._others.known.clear()
    for home in (ann, ben):
        assert await home.take_answer(gus, *hour) == []


async def test_but_no_more_than_its_session_can_have_said(three: list[Home], clock: HandClock) -> None:
    ann, ben, gus = three
    guest(gus, clock, ann, ben)
    await clock.advance(SAID * GUEST_EACH_MS - 1)
    hour = await gus.events(SAID + GUEST_AT_ONCE)
    ann.replica.sync.met(gus.sid)
    assert await ann.take_answer(gus, *hour) == [EVENT_PACE]
    await clock.advance(GUEST_EACH_MS)
    assert await ann.take_answer(ben, hour[-1]) == []
    assert len(ann.texts) == SAID + GUEST_AT_ONCE


async def test_all_sessions_of_a_guest_have_one_share(three: list[Home], clock: HandClock) -> None:
    ann, gil, gus = three
    for tab in (gil, gus):
        guest(tab, clock, ann, sub="one guest")
    await clock.advance(GUEST_MET_MS)
    assert await ann.take(gil, *await gil.events(GUEST_AT_ONCE - 5)) == []
    assert await ann.take(gus, *await gus.events(6)) == [EVENT_PACE]


async def test_a_new_session_brings_a_guest_no_new_share(three: list[Home], clock: HandClock) -> None:
    ann, gil, gus = three
    guest(gil, clock, ann, sub="one guest")
    await clock.advance(GUEST_MET_MS)
    assert await ann.take(gil, *await gil.events(GUEST_AT_ONCE)) == []
    guest(gus, clock, ann, sub="one guest")
    first = await gus.events(1)
    assert await ann.take(gus, *first) == [EVENT_PACE]
    await clock.advance(GUEST_EACH_MS)
    assert await ann.take(gus, *first) == []
