"""A member that says whatever it likes: it costs the others nothing that they notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from tests.fakes.liar import event, tell
from tests.fakes.world import Someone, World
from widget.crypto.event import event_id
from widget.crypto.genesis import new_genesis
from widget.crypto.reasons import EVENT_BUDGET, EVENT_SIGNATURE
from widget.native.drops import drops_of
from widget.room.chain import NO_EVENT
from widget.room.limits import (
    AGAIN_MS,
    BAD_REST_MS,
    CLOCK_STEP,
    EVENTS_BURST,
    EVENTS_WAITING,
    FETCH_BURST,
    FETCH_EACH_MS,
)
from widget.wire.event import Event
from widget.wire.frame import TYPE_ANSWER
from widget.wire.genesis import Genesis
from widget.wire.notes import BEAT, BUCKETS, FETCH, HEADS, is_note, write_beat, write_fetch

pytestmark = pytest.mark.no_cover

LIES = 300
FORKED = "Eve said two different things as one. What followed is not shown."


async def log_of(eve: Someone, count: int) -> list[Event]:
    events: list[Event] = []
    for number in range(count):
        prev = NO_EVENT if number == 0 else await event_id(eve.platform.crypto, events[-1])
        events.append(await event(eve, f"flood {number}", number + 1, prev, number + 1))
    return events


async def talk_goes_on(world: World, *people: Someone) -> None:
    for someone in people:
        await someone.chat.send_message(f"{someone.name} goes on")
    await world.clock.advance(500)
    for someone in people:
        assert {f"{other.name} goes on" for other in people} <= set(someone.texts)
        assert someone.deliveries[-1] in ("sent", "delivered")


async def test_a_flood_is_cut_off_where_the_budget_ends(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    events = await log_of(eve, 1_000)
    for start in range(0, 1_000, 50):
        await tell(eve, events[start : start + 50], ann)
    await world.clock.advance(100)
    shown = len([text for text in ann.texts if text.startswith("flood")])
    assert shown in range(EVENTS_BURST, EVENTS_BURST + 10)
    assert drops_of(ann.chat)[f"cw.{EVENT_BUDGET}"] >= 500  # and frames that no budget covers are not even opened
    await talk_goes_on(world, ann, bob)


async def test_megabytes_of_one_member_stop_at_its_budget(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    large = await event(eve, "字" * 4_000, 1)
    for _ in range(800):
        await tell(eve, [large], ann)
    await world.clock.advance(1_000)
    assert len(ann.texts) == 1
    assert sum(count for reason, count in drops_of(ann.chat).items() if reason in ("cw.86", "packet.flood")) > 700
    await talk_goes_on(world, ann, bob)


async def test_three_forged_events_and_the_neighbour_is_not_read_for_a_minute(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    honest = await event(eve, "honest", 1)
    for number in range(3):
        await tell(eve, [replace(honest, at_ms=number)], ann)
    await world.clock.advance(100)
    assert drops_of(ann.chat) == {f"cw.{EVENT_SIGNATURE}": 3}
    await tell(eve, [honest], ann)
    await world.clock.advance(100)
    assert ann.texts == []
    await talk_goes_on(world, ann, bob)
    await world.clock.advance(BAD_REST_MS)
    await tell(eve, [honest], ann)
    await world.clock.advance(100)
    assert ann.texts.count("honest") == 1


async def test_who_tells_two_stories_is_found_out_and_out(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    await tell(eve, [await event(eve, "you are right, Ann", 1)], ann)
    await tell(eve, [await event(eve, "you are right, Bob", 1)], bob)
    await world.clock.until(lambda: FORKED in ann.news and FORKED in bob.news, 10_000)
    assert ann.texts == bob.texts == []
    for someone in (ann, bob):
        assert someone.news.count(FORKED) == 1
        assert "Eve" not in someone.links
    await tell(eve, [await event(eve, "one more", 2)], ann, bob)
    await world.clock.advance(3_000)
    assert ann.texts == bob.texts == []
    await talk_goes_on(world, ann, bob)


async def test_a_clock_far_ahead_waits_and_moves_nobody(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    await tell(eve, [await event(eve, "from the future", 1, clock=10 * CLOCK_STEP)], ann, bob)
    await talk_goes_on(world, ann, bob)
    assert "from the future" not in ann.texts + bob.texts
    assert ann.stay.peers.replica.log.clock < CLOCK_STEP


@pytest.mark.parametrize("ahead_ms", [0, 300_000])
async def test_a_leap_to_the_bound_holds_up_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch, ahead_ms: int
) -> None:
    """Nor where the host says that the room will be made in five minutes, as far as the service lets it."""

    def made(*what: Any) -> Genesis:
        genesis = new_genesis(*what)
        return replace(genesis, created_ms=genesis.created_ms + ahead_ms)

    monkeypatch.setattr("widget.room.arrival.new_genesis", made)
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    bound = ann.stay.peers.replica.log._limit()
    await tell(eve, [await event(eve, "from the future", 1, clock=bound)], ann, bob)
    await world.clock.advance(100)
    for someone in (bob, ann):
        await someone.chat.send_message(f"by {someone.name}")
        await world.clock.advance(1_500)
    assert ann.texts == bob.texts == ["from the future", "by Bob", "by Ann"]


async def test_gapped_logs_are_bounded_and_fetched_in_vain(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    await tell(eve, [await event(eve, "one", 1)], ann)
    for start in range(3, 3 + 2 * EVENTS_WAITING, 50):
        gapped = [await event(eve, f"gap {seq}", seq, "ab" * 16, seq) for seq in range(start, start + 50)]
        await tell(eve, gapped, ann)
    await world.clock.advance(10_000)
    assert ann.texts == ["one"]
    assert len(ann.stay.peers.replica.log.chain(eve.stay.me.sid).waiting) <= EVENTS_WAITING
    await talk_goes_on(world, ann, bob)


async def test_answers_to_nothing_are_not_read(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    await tell(eve, [await event(eve, "unasked", 1)], ann, frame_type=TYPE_ANSWER)
    await world.clock.advance(100)
    assert (ann.texts, drops_of(ann.chat)) == ([], {"cw.87": 1})
    await talk_goes_on(world, ann, bob)


def frames_of(someone: Someone) -> Counter[str]:
    """Frames by who gets them, from now on."""
    found: Counter[str] = Counter()
    neighbours = someone.stay.peers.neighbours
    send = neighbours.send

    def counted(sid: str, packet: bytes) -> bool:
        found[sid] += 1
        return send(sid, packet)

    neighbours.send = counted  # type: ignore[method-assign]
    return found


def notes_of(someone: Someone) -> Counter[tuple[str, int]]:
    """Notes by who gets them and by kind, from now on."""
    found: Counter[tuple[str, int]] = Counter()
    neighbours = someone.stay.peers.neighbours
    send_blob = neighbours.send_blob

    async def counted(sid: str, blob: bytes) -> None:
        if is_note(blob):
            found[(sid, blob[0])] += 1
        await send_blob(sid, blob)

    neighbours.send_blob = counted  # type: ignore[method-assign]
    return found


async def test_a_thousand_questions_are_answered_at_their_pace_and_nobody_else_waits(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    await ann.chat.send_message("hello")
    await world.clock.advance(AGAIN_MS)
    frames, me = frames_of(ann), ann.stay.me.sid
    for _ in range(100):
        for _ in range(10):
            eve.stay.peers.send_note(me, write_fetch(me, 1, 1))
        await world.clock.advance(100)
    assert FETCH_BURST < frames[eve.stay.me.sid] <= FETCH_BURST + 10_000 // FETCH_EACH_MS + 10
    assert frames[bob.stay.me.sid] == 0
    await talk_goes_on(world, ann, bob)


async def test_digests_that_lie_make_nobody_ask_or_tell_others(world: World) -> None:
    ann, bob, eve = await world.room("Ann", "Bob", "Eve")
    await ann.chat.send_message("hello")
    await world.clock.advance(AGAIN_MS)
    notes, me = notes_of(ann), ann.stay.me.sid
    for number in range(LIES):
        lie = [f"{number * BUCKETS + bucket:016x}" for bucket in range(BUCKETS)]
        eve.stay.peers.send_note(me, write_beat(number % 2 == 0, number % 3, number, lie))
        await world.clock.advance(100)
    to_eve = {kind: count for (sid, kind), count in notes.items() if sid == eve.stay.me.sid}
    assert to_eve[BEAT] <= LIES // 2 + LIES * 100 // AGAIN_MS, "one for each that asks"
    assert to_eve[HEADS] <= LIES * 100 // AGAIN_MS + 1
    assert FETCH not in to_eve
    assert sum(count for (sid, _), count in notes.items() if sid == bob.stay.me.sid) <= 1
    await talk_goes_on(world, ann, bob)
