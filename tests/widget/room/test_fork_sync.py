"""The proof that an author told two stories reaches everybody, and nothing more is asked of that log."""

from __future__ import annotations

import pytest

from tests.widget.room.copies import Copy, Net, Room
from tests.widget.room.invented import again, held, other_story
from widget.room.entry import Entry
from widget.room.limits import AGAIN_MS, DIFFERS_MS
from widget.wire.notes import Head, Heads


def told_two_stories(net: Net, liar: Copy, one: Copy, other: Copy) -> tuple[Entry, Entry]:
    """Each hears another one; nobody else tells them."""
    first = liar.author.say()
    second = other_story(first)
    liar.log.place(first)
    one.take([again(first)], liar.sid)
    other.take([again(second)], liar.sid)
    return first, second


@pytest.mark.parametrize("before", [0, 3])
async def test_who_was_told_another_story_fetches_the_proof(room: Room, before: int) -> None:
    net, (ada, ben, liar) = await room(3)
    if before > 0:
        liar.say(before)
        await net.rest()
    net.part(ada, liar)
    net.part(ben, liar)
    told_two_stories(net, liar, ada, ben)
    await net.rest(DIFFERS_MS + 3 * AGAIN_MS)
    for copy in (ada, ben):
        assert copy.log.chain(liar.sid).end_seq == before + 1
        assert copy.log.chain(liar.sid).last == before
    net.forget()
    await net.rest(600_000)
    assert (net.notes, net.timers()) == ([], 0)


async def test_who_does_not_know_of_a_fork_is_handed_the_proof(room: Room) -> None:
    net, (ada, ben, liar) = await room(3)
    liar.say(3)
    await net.rest()
    for other in (ada, ben):
        net.part(other, liar)
    net.part(ada, ben)
    first = liar.author.said[1]
    ada.take([other_story(first)], liar.sid)
    assert ada.log.chain(liar.sid).last == 1
    await net.rest()
    assert ben.log.chain(liar.sid).last == 3
    net.meet(ada, ben)
    await net.rest(DIFFERS_MS + 3 * AGAIN_MS)
    assert ben.log.chain(liar.sid).end_seq == 2
    assert held(ada.log) == held(ben.log) == [liar.author.said[0].id]
    net.forget()
    await net.rest(600_000)
    assert (net.notes, net.timers()) == ([], 0)


async def test_who_heard_nothing_of_a_liar_is_handed_the_proof(room: Room) -> None:
    """Who is not told keeps a liar in the key whom the others keep out, for ever."""
    net, (ada, ben, liar) = await room(3)
    for other in (ada, ben):
        net.part(other, liar)
    net.part(ada, ben)
    first = liar.author.say()
    ada.take([again(first)], liar.sid)
    ada.take([other_story(first)], liar.sid)
    net.meet(ada, ben)
    await net.rest(DIFFERS_MS + 3 * AGAIN_MS)
    assert (ada.log.chain(liar.sid).end_seq, ben.log.chain(liar.sid).end_seq) == (1, 1)
    net.forget()
    await net.rest(600_000)
    assert (net.notes, net.timers()) == ([], 0)


async def test_nothing_more_is_asked_of_a_log_that_has_ended(room: Room) -> None:
    net, (ada, ben, liar) = await room(3)
    for other in (ada, ben):
        net.part(other, liar)
    ada.note(ben.sid, Heads([Head(liar.sid, 1, 900, "77" * 16)]))
    assert len(net.fetched()) == 2
    ada.take([liar.author.say()], liar.sid)
    ada.take([other_story(liar.author.said[0])], liar.sid)
    ada.note(ben.sid, Heads([Head(liar.sid, 1, 901, "77" * 16)]))
    await net.rest()
    assert len([note for sender, _, note in net.fetched() if sender == ada.sid]) == 2
