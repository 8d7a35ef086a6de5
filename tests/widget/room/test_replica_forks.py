"""An author who told two stories, with real signatures: who believes it, and who is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widget.room.homes import Home
from widget.crypto.reasons import EVENT_ENDED, EVENT_SIGNATURE
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.text import TEXT
from widget.room.limits import EVENTS_BURST
from widget.wire.event import Event
from widget.wire.notes import Fork


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


async def test_who_brought_as_much_as_may_be_tells_of_no_fork(three: list[Home]) -> None:
    ada, ben, cleo = three
    one, other = await stories(ada)
    assert await cleo.take(ben, *await ben.events(EVENTS_BURST)) == []
    await cleo.replica.note(ben.sid, Fork([one.bare(), other.bare()]))
    assert (cleo.forks(), cleo.liars) == ([], [])


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
    cleo.replica.handover.send_fork(ben.sid, liar.sid)
    cleo.replica.handover.send_fork(ben.sid, ben.sid)
    assert [sid for sid, _ in cleo.forks()] == [ben.sid]


@pytest.mark.parametrize(("kind", "gone"), [(LEAVE, 1), (TEXT, 0)])
async def test_a_goodbye_that_is_handed_on_counts(three: list[Home], kind: int, gone: int) -> None:
    """As one story told twice, which is no lie. Where somebody makes an epoch with her it is handed on in turn."""
    liar, ben, cleo = three
    said = (await liar.event("", kind=kind)).bare()
    await cleo.replica.note(ben.sid, Fork([said, said]))
    assert ([peer.sid for peer in cleo.gone], cleo.liars) == ([liar.sid] * gone, [])
    assert list(cleo.seat.group._keyring.liars.issued.proofs) == [liar.sid] * gone


async def test_who_never_met_a_liar_asks_who_it_is(three: list[Home]) -> None:
    liar, ben, cleo = three
    one, other = await stories(liar)
    unknown = [replace(event, author="ab" * 16) for event in (one, other)]
    await cleo.replica.note(ben.sid, Fork([event.bare() for event in unknown]))
    assert (cleo.asked, cleo.liars) == ([(ben.sid, "ab" * 16)], [])
