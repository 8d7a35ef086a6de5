"""What one member says, and what it answers, with real signatures."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.homes import Home, homes_of
from widget.errors import OrderError
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.limits import FETCH_EVENTS
from widget.room.replica import SAYING
from widget.wire.event import Event
from widget.wire.notes import Fetch


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
    epoch = ada.seat.group._keyring.frames.current
    assert epoch is not None
    assert epoch.take_counter() == 0


async def test_the_others_do_not_wait_for_my_own_screen(pair: list[Home]) -> None:
    ada, _ = pair
    sent: list[int] = []
    ada.replica.log.listeners.append(lambda entries: sent.append(len(ada.packets)))
    await ada.replica.say(TEXT, [write_text(TextBody("one"))])
    assert sent == [1]


async def test_what_is_on_its_way_can_be_asked_for(pair: list[Home], monkeypatch: pytest.MonkeyPatch) -> None:
    ada, _ = pair
    may: list[bool] = []

    def send(sid: str, packet: bytes) -> bool:
        may.append(ada.replica.handover.may_read(sid, ada.replica.log.entries()[-1]))
        return True

    monkeypatch.setattr(ada, "send", send)
    await ada.replica.say(TEXT, [write_text(TextBody("one"))])
    assert may == [True]


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


async def test_an_answer_takes_as_many_frames_as_it_needs(pair: list[Home], clock: HandClock) -> None:
    ada, ben = pair
    bodies = [write_text(TextBody("x" * 4000)) for _ in range(10)]
    await ada.replica.say(TEXT, bodies[:3])
    await ada.replica.say(TEXT, bodies[3:6])
    await ada.replica.say(TEXT, bodies[6:9])
    ada.packets.clear()
    ben.replica.handover.asked(ada.sid, FETCH_EVENTS)
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
