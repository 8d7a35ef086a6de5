"""One member's copy of the room's log, with real signatures: what it takes, what it refuses, and what it says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.homes import Home, homes_of
from widget.crypto.reasons import (
    EVENT_AUTHOR,
    EVENT_BODY,
    EVENT_BUDGET,
    EVENT_ENDED,
    EVENT_ROOM,
    EVENT_SIGNATURE,
)
from widget.errors import OrderError
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.limits import BAD_REST_MS, BAD_SIGNATURES, CLOCK_FLAG_MS, EVENTS_BURST, EVENTS_PER_S, FETCH_EVENTS
from widget.room.replica import SAYING
from widget.wire.event import Event
from widget.wire.notes import Fetch, Fork
from widget.wire.pair import write_shown, write_who

EACH_MS = 1000 // EVENTS_PER_S
BODY = write_text(TextBody("another's"))


@pytest.fixture
async def clock() -> AsyncIterator[HandClock]:
    made = HandClock()
    yield made
    await made.close()
    assert made.errors == []


@pytest.fixture
async def pair(clock: HandClock) -> list[Home]:
    return await homes_of(clock, 2)


@pytest.fixture
async def three(clock: HandClock) -> list[Home]:
    return await homes_of(clock, 3)


async def test_what_its_author_signed_is_shown(pair: list[Home]) -> None:
    ada, ben = pair
    assert await ben.take(ada, *await ada.events(3)) == []
    assert ben.texts == ["line 0", "line 1", "line 2"]
    assert [entry.author.sid for entry in ben.heard] == [ada.sid] * 3


async def test_whoever_hands_it_over(three: list[Home]) -> None:
    ada, ben, cleo = three
    event = await ada.event("hello")
    assert await cleo.take(ben, event) == []
    assert await cleo.take(ada, event) == []
    assert cleo.texts == ["hello"]
    assert len(cleo.heard) == 1


@pytest.mark.parametrize("what", ["seq", "clock", "at_ms", "kind", "prev", "kid"])
async def test_what_its_author_did_not_sign_is_refused(pair: list[Home], what: str) -> None:
    ada, ben = pair
    event = await ada.event("hello")
    changed: dict[str, object] = {
        "seq": 2, "clock": 9, "at_ms": 5, "kind": 9, "prev": "11" * 16, "kid": "11" * 16
    }  # fmt: skip
    forged = replace(event, **{what: changed[what]})  # type: ignore[arg-type]
    assert await ben.take(ada, forged) == [EVENT_SIGNATURE]
    assert (ben.texts, ben.replica.log.count()) == ([], 0)
    assert await ben.take(ada, event) == []


async def test_nobody_speaks_in_anothers_name(three: list[Home]) -> None:
    ada, ben, cleo = three
    assert await cleo.take(ben, await ben.event("from Ada", author=ada.sid)) == [EVENT_SIGNATURE]
    assert cleo.replica.log.count() == 0


async def test_a_body_that_is_not_the_events_is_refused(pair: list[Home]) -> None:
    ada, ben = pair
    event = await ada.event("hello")
    assert await ben.take(ada, replace(event, body=BODY)) == [EVENT_BODY]
    assert await ben.take(ada, event) == []
    assert ben.texts == ["hello"]


async def test_an_event_without_its_body_counts_and_shows_nothing(pair: list[Home]) -> None:
    ada, ben = pair
    first, second = await ada.events(2)
    assert await ben.take(ada, replace(first, body=None), second) == []
    assert ben.texts == ["line 1"]
    assert ben.replica.log.count() == 2


async def test_what_was_said_in_another_room_is_refused_before_anything_is_checked(pair: list[Home]) -> None:
    ada, ben = pair
    elsewhere = await ada.event("hello", room_id=b"\x77" * 16)
    reasons = await ben.take(ada, *[elsewhere] * (EVENTS_BURST + 1))
    assert reasons == [EVENT_ROOM] * (EVENTS_BURST + 1), "and costs who brings it nothing"


async def test_what_does_not_follow_the_one_before_it_is_a_proof(clock: HandClock) -> None:
    ada, ben, cleo = await homes_of(clock, 3)
    first, second = await ada.events(2)
    other = await ada.sign(replace(second, prev="11" * 16))
    await ben.take(ada, first, other)
    assert ben.texts == []
    assert ben.replica.log.chain(ada.sid).end_seq == 1
    assert sorted(sid for sid, _ in ben.forks()) == sorted([ada.sid, cleo.sid])


async def test_two_stories_in_one_frame_are_shown_to_nobody(clock: HandClock) -> None:
    ada, ben, _ = await homes_of(clock, 3)
    one = await ada.event("one story")
    await ben.take(ada, one, await ada.sign(replace(one, at_ms=one.at_ms + 1)))
    assert (ben.texts, ben.heard) == ([], [])


async def test_a_body_that_was_withheld_may_come_later(clock: HandClock) -> None:
    ada, ben, cleo = await homes_of(clock, 3)
    event = await ada.event("hello")
    await cleo.take(ben, event.bare())
    assert cleo.texts == []
    await cleo.take(ben, replace(event, body=b"another"))
    assert cleo.texts == []
    await cleo.take(ada, event)
    assert cleo.texts == ["hello"]


async def test_of_an_author_whom_i_never_met_i_ask_who_it_is(clock: HandClock) -> None:
    ada, ben, stranger = await homes_of(clock, 2, outside=1)
    event = await stranger.event("hello", kid=ada.seat.group.epoch_name)
    assert await ben.take(ada, event) == [EVENT_AUTHOR]
    assert ben.asked == [(ada.sid, stranger.sid)]
    assert ben.replica.log.count() == 0
    assert ben.seat.group.ask_who(stranger.sid) == write_who(stranger.sid)
    me = stranger.seat.session.me
    await ben.seat.group.receive(ada.sid, write_shown(me.credential, me.psk_proof), ben.net.now_ms)
    assert await ben.take(ada, event) == []
    assert ben.texts == ["hello"]


async def test_an_unknown_author_is_nobodys_forgery(clock: HandClock) -> None:
    ada, ben, stranger = await homes_of(clock, 2, outside=1)
    events = [await stranger.event("hello", kid=ada.seat.group.epoch_name) for _ in range(BAD_SIGNATURES + 2)]
    assert await ben.take(ada, *events) == [EVENT_AUTHOR] * len(events)
    assert await ben.take(ada, await ada.event("hello")) == []


# Who hands it over pays.


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


async def test_an_author_whose_time_is_far_off_is_marked(pair: list[Home]) -> None:
    ada, ben = pair
    now_ms = HandClock().now_ms()
    for offset in (-CLOCK_FLAG_MS - 1, -CLOCK_FLAG_MS, CLOCK_FLAG_MS, CLOCK_FLAG_MS + 1):
        assert await ben.take(ada, await ada.event("hello", at_ms=now_ms + offset)) == []
    assert [list(line.flags) for line in ben.replica.fold.view.lines] == [["clock"], [], [], ["clock"]]


async def test_who_says_goodbye_has_left(pair: list[Home]) -> None:
    ada, ben = pair
    assert await ben.take(ada, await ada.event("", kind=LEAVE)) == []
    assert [peer.sid for peer in ben.gone] == [ada.sid]


# Forks.


async def stories(liar: Home) -> tuple[Event, Event]:
    """Two of one number, both signed."""
    one = await liar.event("one story")
    return one, await liar.sign(replace(one, at_ms=one.at_ms + 1))


async def test_two_stories_end_their_authors_log_and_are_told_to_everybody_once(three: list[Home]) -> None:
    liar, ben, cleo = three
    before = await liar.event("before")
    one, other = await stories(liar)
    after = await liar.event("after")
    assert await cleo.take(liar, before, one, after) == []
    assert await cleo.take(ben, other) == []
    assert cleo.texts == ["before"]
    assert [peer.sid for peer in cleo.liars] == [liar.sid]
    assert sorted([sid for sid, _ in cleo.forks()]) == sorted([liar.sid, ben.sid])
    assert await cleo.take(ben, other, one, after) == [EVENT_ENDED] * 3
    assert (len(cleo.forks()), len(cleo.liars)) == (2, 1)


async def test_the_proof_holds_no_words(three: list[Home]) -> None:
    liar, ben, cleo = three
    one, other = await stories(liar)
    await cleo.take(ben, one)
    await cleo.take(ben, other)
    (_, proof), _ = cleo.forks()
    assert [event.body for event in proof.events] == [None, None]
    assert sorted([event.signature for event in proof.events]) == sorted([one.signature, other.signature])


@pytest.mark.parametrize("held", [0, 1, 2, 4])
async def test_who_is_told_of_a_fork_believes_it_and_tells_it_on(three: list[Home], held: int) -> None:
    liar, ben, cleo = three
    first = await liar.event("first")
    one, other = await stories(liar)
    more = await liar.events(2)
    await cleo.take(liar, *[first, one, *more][:held])
    await cleo.replica.note(ben.sid, Fork([one.bare(), other.bare()]))
    assert cleo.texts == ["first"][:held]
    assert cleo.replica.log.chain(liar.sid).end_seq == 2
    assert sorted([sid for sid, _ in cleo.forks()]) == sorted([liar.sid, ben.sid])
    assert [peer.sid for peer in cleo.liars] == [liar.sid]
    await cleo.replica.note(ben.sid, Fork([other.bare(), one.bare()]))
    assert (len(cleo.forks()), len(cleo.liars)) == (2, 1)


@pytest.mark.parametrize("forged", [0, 1])
async def test_a_fork_is_believed_only_when_both_are_signed(three: list[Home], forged: int) -> None:
    ada, ben, cleo = three
    one = await ada.event("mine")
    other = replace(one, at_ms=one.at_ms + 1)
    events = [one.bare(), other.bare()]
    await cleo.take(ada, one)
    await cleo.replica.note(ben.sid, Fork(events[:: 1 - 2 * forged]))
    assert (cleo.texts, cleo.forks(), cleo.liars) == (["mine"], [], [])
    assert cleo.drops()[EVENT_SIGNATURE] == 1


async def test_the_same_twice_is_no_fork(three: list[Home]) -> None:
    ada, ben, cleo = three
    one = await ada.event("mine")
    await cleo.take(ada, one)
    await cleo.replica.note(ben.sid, Fork([one, one.bare()]))
    assert (cleo.texts, cleo.forks(), cleo.liars) == (["mine"], [], [])


async def test_who_does_not_know_of_a_fork_is_sent_the_proof(three: list[Home]) -> None:
    liar, ben, cleo = three
    one, other = await stories(liar)
    await cleo.take(liar, one)
    await cleo.take(liar, other)
    cleo.notes.clear()
    cleo.replica.send_fork(ben.sid, liar.sid)
    cleo.replica.send_fork(ben.sid, ben.sid)
    assert [sid for sid, _ in cleo.forks()] == [ben.sid]


# What I say.


async def test_what_i_say_goes_in_one_frame_to_everybody(three: list[Home]) -> None:
    ada, ben, cleo = three
    await ada.replica.say(TEXT, [write_text(TextBody("one")), write_text(TextBody("two"))])
    assert sorted([sid for sid, _ in ada.packets]) == sorted([ben.sid, cleo.sid])
    assert len({packet for _, packet in ada.packets}) == 1
    assert ada.texts == ["one", "two"]
    opened = await ben.open(ada.packets[0][1], ada)
    assert opened is not None
    assert await ben.take(ada, *opened.events) == []
    assert ben.texts == ["one", "two"]


async def test_alone_nothing_is_sealed(clock: HandClock) -> None:
    (ada,) = await homes_of(clock, 1)
    await ada.replica.say(TEXT, [write_text(TextBody("one"))])
    assert (ada.packets, ada.texts) == ([], ["one"])
    epoch = ada.seat.group._frames.current
    assert epoch is not None
    assert epoch.take_counter() == 0


async def test_what_i_say_side_by_side_never_forks(pair: list[Home]) -> None:
    ada, ben = pair
    said = [ada.replica.say(TEXT, [write_text(TextBody(f"line {number}"))]) for number in range(20)]
    await asyncio.gather(*said)
    events: list[Event] = []
    for _, packet in ada.packets:
        opened = await ben.open(packet, ada)
        assert opened is not None
        events += opened.events
    assert [event.seq for event in events] == list(range(1, 21))
    assert await ben.take(ada, *events) == []
    assert ben.texts == ada.texts == [f"line {number}" for number in range(20)]


async def test_what_i_say_comes_after_all_that_i_heard(pair: list[Home]) -> None:
    ada, ben = pair
    await ben.take(ada, await ada.event("hello", clock=70))
    await ben.replica.say(TEXT, [write_text(TextBody("hello too"))])
    assert [entry.event.clock for entry in ben.heard] == [70, 71]
    assert ben.texts == ["hello", "hello too"]


@pytest.mark.parametrize("count", [SAYING, SAYING + 1])
async def test_only_so_much_waits_to_be_said(pair: list[Home], count: int) -> None:
    ada, _ben = pair
    body = write_text(TextBody("x"))
    ended = await asyncio.gather(*[ada.replica.say(TEXT, [body]) for _ in range(count)], return_exceptions=True)
    refused = [error.code for error in ended if isinstance(error, OrderError)]
    assert refused == ["message.many"] * (count - SAYING)
    assert len(ada.texts) == SAYING


# What others ask.


async def test_an_answer_takes_as_many_frames_as_it_needs(pair: list[Home], clock: HandClock) -> None:
    ada, ben = pair
    bodies = [write_text(TextBody("x" * 4000)) for _ in range(10)]
    await ada.replica.say(TEXT, bodies[:3])
    await ada.replica.say(TEXT, bodies[3:6])
    await ada.replica.say(TEXT, bodies[6:9])
    ada.packets.clear()
    ben.replica.asked(ada.sid, FETCH_EVENTS)
    await ada.replica.note(ben.sid, Fetch(ada.sid, 1, 9))
    await clock.settle()
    events: list[Event] = []
    for _, packet in ada.packets:
        opened = await ben.open(packet, ada)
        assert opened is not None
        events += opened.events
    assert len(ada.packets) == 3
    assert [event.seq for event in events] == list(range(1, 10))
    assert await ben.take_answer(ada, *events) == []
    assert len(ben.texts) == 9


async def test_what_somebody_may_not_read_is_not_handed_over(clock: HandClock) -> None:
    ada, ben, late = await homes_of(clock, 2, outside=1)
    await ada.replica.say(TEXT, [write_text(TextBody("before"))])
    await ada.seat.group.admit(late.seat.session.me, ada.net.now_ms)
    ada.packets.clear()
    await ada.replica.note(late.sid, Fetch(ada.sid, 1, 1))
    await clock.settle()
    assert ada.packets == []
    await ada.replica.note(ben.sid, Fetch(ada.sid, 1, 1))
    await clock.settle()
    assert [sid for sid, _ in ada.packets] == [ben.sid]


async def test_the_next_session_goes_on_with_what_this_one_held(pair: list[Home], clock: HandClock) -> None:
    ada, ben = pair
    await ben.take(ada, await ada.event("hello"))
    anew = Home(ben.net, clock, ben.seat, ben.replica)
    ben.replica.close()
    assert await anew.take(ada, await ada.event("more")) == []
    assert anew.replica.log.count() == 2
    assert len(ben.replica.log.listeners) == 1
