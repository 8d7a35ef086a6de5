"""What a member can ask for, and what a liar's heads cost."""

from __future__ import annotations

import pytest

from tests.widget.room.copies import Room
from widget.crypto.limits import MAX_SESSIONS
from widget.room.limits import ASKS, EVENTS_WAITING, FETCH_BURST, FETCH_EACH_MS, FETCH_EVENTS, FETCH_MS
from widget.wire.notes import MAX_HEADS, Fetch, Head, Heads


@pytest.mark.parametrize("count", [FETCH_BURST, FETCH_BURST + 1, 1000])
async def test_only_so_many_questions_are_answered_at_once(room: Room, count: int) -> None:
    net, (ada, ben) = await room(2)
    ada.say()
    await net.rest()
    net.forget()
    for _ in range(count):
        ada.note(ben.sid, Fetch(ada.sid, 1, 1))
    assert len(net.entries) == min(count, FETCH_BURST)


async def test_questions_are_answered_at_their_pace(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ada.say()
    await net.rest()
    net.forget()
    for _ in range(300):
        ada.note(ben.sid, Fetch(ada.sid, 1, 1))
    for _ in range(10):
        await net.clock.advance(FETCH_EACH_MS)
        for _ in range(3):
            ada.note(ben.sid, Fetch(ada.sid, 1, 1))
    assert FETCH_BURST + 9 <= len(net.entries) <= FETCH_BURST + 10


async def test_a_flood_of_one_member_costs_the_others_nothing(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    ada.say()
    await net.rest()
    net.forget()
    for _ in range(1000):
        ada.note(ben.sid, Fetch(ada.sid, 1, 1))
    ada.note(cleo.sid, Fetch(ada.sid, 1, 1))
    assert (ada.sid, cleo.sid) in [(sender, receiver) for sender, receiver, _ in net.entries]


async def test_one_answer_holds_only_so_many(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ada.say(3 * FETCH_EVENTS)
    await net.rest()
    net.forget()
    ada.note(ben.sid, Fetch(ada.sid, 1, 4_000_000_000))
    assert [len(entries) for _, _, entries in net.entries] == [FETCH_EVENTS]
    ada.note(ben.sid, Fetch(ada.sid, 9, 3))
    assert len(net.entries) == 1


async def test_invented_authors_are_bounded(room: Room) -> None:
    net, (ada, ben) = await room(2)
    for number in range(0, 5000, MAX_HEADS):
        heads = [Head(f"{number + each:032x}", 1, 9, "77" * 16) for each in range(MAX_HEADS)]
        ada.note(ben.sid, Heads(heads))
    assert len(ada.others.of(ben.sid).heads) <= MAX_SESSIONS
    assert len(net.fetched()) == ASKS
    await net.rest(60_000)
    assert len(net.fetched()) <= MAX_SESSIONS + ASKS
    assert ada.log.chains == {}
    ben.say()
    await net.rest(200)
    assert ada.log.count() == 1, "what is said is heard all the same"


async def test_invented_numbers_are_bounded(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ben.say()
    await net.rest()
    net.forget()
    ada.note(ben.sid, Heads([Head(ben.sid, 1, 2_000_000_000, "77" * 16)]))
    await net.rest(60_000)
    assert len(net.fetched()) < 60
    assert all(note.last - note.first < FETCH_EVENTS for _, _, note in net.fetched())


async def test_a_liar_who_leaves_gaps_is_not_asked_for_ever(room: Room) -> None:
    net, (ada, ben) = await room(2)
    said = ben.author.speak(2000)
    for entry in said[1::2]:
        net.hand_over(ben.sid, ada.sid, [entry])
    await net.rest(60_000)
    assert len(ada.log.chain(ben.sid).waiting) <= EVENTS_WAITING
    assert len(net.fetched()) < 100
    net.forget()
    await net.rest(600_000)
    assert len(net.fetched()) < 600_000 // FETCH_MS
