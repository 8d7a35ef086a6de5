"""One member's copy of the room's log, with real signatures: what it takes and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.homes import Home, homes_of
from widget.crypto.reasons import EVENT_AUTHOR, EVENT_BODY, EVENT_ROOM, EVENT_SIGNATURE
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.text import TextBody, write_text
from widget.room.limits import BAD_SIGNATURES, CLOCK_FLAG_MS, EVENTS_BURST
from widget.wire.notes import Fetch, Heads
from widget.wire.pair import write_shown, write_who

BODY = write_text(TextBody("another's"))


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


async def test_a_body_that_was_withheld_is_asked_of_each_who_has_the_event(clock: HandClock) -> None:
    ada, ben, cleo = await homes_of(clock, 3)
    event = await ada.event("hello")
    await cleo.take(ben, event.bare())
    heads = cleo.replica.log.heads(ada.sid[0])
    for home in (ada, ben):
        await cleo.replica.note(home.sid, Heads(heads))
    await clock.advance(10)
    first, other = cleo.fetches()[-1], {ada.sid: ben.sid, ben.sid: ada.sid}
    assert (len(cleo.fetches()), first[1]) == (1, Fetch(ada.sid, 1, 1))
    await cleo.take_answer(ada, event.bare())
    assert cleo.fetches()[1:] == [(other[first[0]], Fetch(ada.sid, 1, 1))]


async def test_of_an_author_whom_i_never_met_i_ask_who_it_is(clock: HandClock) -> None:
    ada, ben, stranger = await homes_of(clock, 2, outside=1)
    event = await stranger.event("hello", kid=ada.seat.group.kid)
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
    events = [await stranger.event("hello", kid=ada.seat.group.kid) for _ in range(BAD_SIGNATURES + 2)]
    assert await ben.take(ada, *events) == [EVENT_AUTHOR] * len(events)
    assert await ben.take(ada, await ada.event("hello")) == []


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


async def test_who_says_goodbye_has_left_though_a_line_before_it_is_missing(pair: list[Home]) -> None:
    ada, ben = pair
    before, _missing, goodbye = await ada.event("before"), await ada.event("missing"), await ada.event("", kind=LEAVE)
    await ben.take(ada, before, goodbye)
    assert ben.replica.log.chain(ada.sid).last == 1
    assert [peer.sid for peer in ben.gone] == [ada.sid]
