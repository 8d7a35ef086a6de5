"""How the copies of a log become equal, whatever is lost, and what that costs."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.widget.room.copies import Copy, Net
from tests.widget.room.invented import Author, again, held, other_story
from widget.crypto.limits import MAX_SESSIONS
from widget.room.entry import Entry
from widget.room.limits import (
    AGAIN_MS,
    ASKS,
    DIFFERS_MS,
    EVENTS_WAITING,
    FETCH_BURST,
    FETCH_EACH_MS,
    FETCH_EVENTS,
    FETCH_MS,
    GAP_MS,
)
from widget.wire.notes import MAX_HEADS, Beat, Fetch, Head, Heads, Lack, Note

Room = Callable[[int], Awaitable[tuple[Net, list[Copy]]]]


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    """So many members who met and rest."""
    nets: list[Net] = []

    async def made(count: int) -> tuple[Net, list[Copy]]:
        net = Net(count)
        nets.append(net)
        await net.rest()
        net.forget()
        return net, list(net.copies.values())

    yield made
    for net in nets:
        await net.close()


def drop_events(net: Net, *receivers: Copy) -> None:
    """What is said does not arrive there."""
    sids = [copy.sid for copy in receivers]
    net.lost = lambda sender, receiver, what: isinstance(what, list) and receiver in sids


def drop_nothing(net: Net) -> None:
    net.lost = lambda sender, receiver, what: False


@pytest.mark.parametrize("count", [2, 3, 5])
async def test_at_rest_nothing_is_sent_and_no_timer_runs(room: Room, count: int) -> None:
    net, _members = await room(count)
    await net.rest(3_600_000)
    assert (net.notes, net.entries, net.timers()) == ([], [], 0)


async def test_after_words_it_rests_again(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    for copy in (ada, ben, cleo, ada):
        copy.say()
        await net.clock.advance(500)
    await net.rest()
    assert net.agreed()
    assert net.fetched() == [], "what arrived is not asked for"
    net.forget()
    await net.rest(3_600_000)
    assert (net.notes, net.entries, net.timers()) == ([], [], 0)


async def test_who_says_something_hears_who_has_it(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    ada.say(2)
    await net.rest(1000)
    assert sorted(ada.sync.holders(ada.sid, 2)) == [ben.sid, cleo.sid]
    assert ada.sync.holders(ada.sid, 3) == []
    assert ada.told_more >= 2


async def test_nobody_holds_more_of_my_log_than_i_said(room: Room) -> None:
    _net, (ada, ben) = await room(2)
    ada.say(2)
    ada.sync.beat(ben.sid, Beat(False, 1, 99, ["00" * 8] * 16))
    assert ada.sync.holders(ada.sid, 2) == [ben.sid]
    assert ada.sync.holders(ada.sid, 3) == []


async def test_of_a_log_that_begins_later_the_first_words_have_no_holder(room: Room) -> None:
    _net, (ada, ben) = await room(2)
    ada.say(4)
    ada.sync.beat(ben.sid, Beat(False, 3, 4, ["00" * 8] * 16))
    assert [ada.sync.holders(ada.sid, seq) for seq in (2, 3, 4)] == [[], [ben.sid], [ben.sid]]


async def test_a_beat_that_tells_no_more_is_no_news(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ada.say(2)
    await net.rest()
    before = ada.told_more
    ada.sync.beat(ben.sid, Beat(False, 1, 2, ["00" * 8] * 16))
    assert ada.told_more == before


async def test_one_lost_event_is_fetched(room: Room) -> None:
    net, (ada, ben) = await room(2)
    drop_events(net, ben)
    ada.say()
    await net.clock.advance(100)
    drop_nothing(net)
    await net.rest(DIFFERS_MS + 2 * AGAIN_MS)
    assert net.agreed()
    assert [(sender, note.first, note.last) for sender, _, note in net.fetched()] == [(ben.sid, 1, 1)]


async def test_a_gap_is_closed_soon_and_not_at_once(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ada.say()
    await net.rest()
    drop_events(net, ben)
    ada.say(2)
    drop_nothing(net)
    ada.say()
    await net.clock.advance(GAP_MS)
    assert net.fetched() == []
    await net.clock.advance(40)
    assert [(sender, note.first, note.last) for sender, _, note in net.fetched()] == [(ben.sid, 2, 4)]
    assert net.agreed()


async def test_what_comes_out_of_order_is_not_fetched(room: Room) -> None:
    net, (ada, ben) = await room(2)
    drop_events(net, ben)
    said = ada.say(3)
    drop_nothing(net)
    for entry in (said[0], said[2]):
        net.hand_over(ada.sid, ben.sid, [entry])
    await net.clock.advance(GAP_MS - 50)
    net.hand_over(ada.sid, ben.sid, [said[1]])
    await net.rest()
    assert net.agreed()
    assert net.fetched() == []


async def test_a_third_member_hands_on_what_its_author_cannot(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    net.part(ada, cleo)
    ada.say(3)
    await net.rest(DIFFERS_MS + 2 * AGAIN_MS)
    assert net.agreed()
    assert {(sender, receiver) for sender, receiver, _ in net.fetched()} == {(cleo.sid, ben.sid)}
    ada.say()
    ben.say()
    cleo.say()
    await net.rest()
    assert net.agreed()


@pytest.mark.parametrize("count", [1, FETCH_EVENTS, FETCH_EVENTS + 1, 700])
async def test_who_was_away_fetches_everything_when_met(room: Room, count: int) -> None:
    net, (ada, ben, cleo) = await room(3)
    for other in (ada, ben):
        net.part(cleo, other)
    for _ in range(count):
        ada.say()
    ben.say(3)
    await net.rest()
    net.forget()
    for other in (ada, ben):
        net.meet(cleo, other)
    steps = 1 + (count - 1) // FETCH_EVENTS
    await net.rest(200 + 40 * steps)
    assert net.agreed()
    asked = [note for sender, _, note in net.fetched() if sender == cleo.sid and note.author == ada.sid]
    assert [note.first for note in asked] == [1 + FETCH_EVENTS * step for step in range(steps)]
    assert all(note.last - note.first < FETCH_EVENTS for note in asked)
    await net.rest()
    net.forget()
    await net.rest(600_000)
    assert (net.notes, net.timers()) == ([], 0)


async def test_two_halves_of_a_room_become_one(room: Room) -> None:
    net, members = await room(4)
    left, right = members[:2], members[2:]
    for one in left:
        for other in right:
            net.part(one, other)
    for copy in members:
        copy.say(5)
    await net.rest()
    assert not net.agreed()
    net.meet(left[0], right[0])
    await net.rest(DIFFERS_MS + 3 * AGAIN_MS)
    assert net.agreed(), "over the only way there is"


async def test_who_comes_later_is_met_at_once(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ada.say(4)
    ben.say(4)
    await net.rest()
    net.join(Author("late", sid="9" * 32))
    await net.rest(200)
    assert net.agreed()


def deaf(copy: Copy) -> Callable[[str, str, Note | list[Entry]], bool]:
    """That member answers nothing that is asked for."""
    return lambda sender, receiver, what: receiver == copy.sid and isinstance(what, Fetch)


async def test_an_answer_that_does_not_come_is_asked_of_another(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    drop_events(net, cleo)
    ada.say()
    await net.clock.advance(50)
    net.lost = deaf(ada)
    await net.rest(DIFFERS_MS + AGAIN_MS + FETCH_MS + AGAIN_MS)
    assert net.agreed()
    asked = [receiver for sender, receiver, _ in net.fetched() if sender == cleo.sid]
    assert asked[-1] == ben.sid


async def test_an_answer_that_was_lost_is_asked_for_again(room: Room) -> None:
    net, (ada, ben) = await room(2)
    drop_events(net, ben)
    ada.say()
    await net.clock.until(lambda: len(net.entries) == 2)
    drop_nothing(net)
    await net.rest()
    assert net.agreed()
    assert len(net.fetched()) == 2


async def test_who_never_answers_is_asked_now_and_then(room: Room) -> None:
    net, (ada, ben) = await room(2)
    drop_events(net, ben)
    ada.say()
    net.lost = deaf(ada)
    await net.rest(60_000)
    assert 5 <= len(net.fetched()) <= 60_000 // FETCH_MS
    assert len(net.notes) <= 10 * 60_000 // AGAIN_MS


@pytest.mark.parametrize("seed", range(6))
async def test_a_line_that_loses_a_fifth_of_all_delivers_all(room: Room, seed: int) -> None:
    net, members = await room(3)
    rng = random.Random(seed)
    for copy in members:
        copy.say()
    await net.rest(1000)
    net.lost = lambda sender, receiver, what: rng.random() < 1 / 5
    for number in range(30):
        members[(number + seed) % 3].say()
        await net.clock.advance(130)
    await net.rest(40_000)
    assert net.agreed()
    await net.rest(20_000)
    net.forget()
    await net.rest(600_000)
    assert (net.notes, net.timers()) == ([], 0)


async def test_what_may_not_be_read_is_said_to_be_lacking(room: Room) -> None:
    net, (ada, ben) = await room(2)
    net.part(ada, ben)
    said = ada.say(6)
    ada.hidden = {entry.id for entry in said[:4]}
    net.meet(ada, ben)
    await net.rest()
    chain = ben.log.chain(ada.sid)
    assert (chain.first, chain.last) == (5, 6)
    lacks = [note for _, _, note in net.notes if isinstance(note, Lack)]
    assert lacks[0] == Lack(ada.sid, 1, 4)
    net.forget()
    await net.rest(600_000)
    assert (net.notes, net.timers()) == ([], 0), "nobody asks for it for ever"


async def test_who_may_read_nothing_of_it_is_told_so_once(room: Room) -> None:
    net, (ada, ben) = await room(2)
    net.part(ada, ben)
    said = ada.say(120)
    ada.hidden = {entry.id for entry in said}
    net.meet(ada, ben)
    await net.rest(60_000)
    assert ben.log.count() == 0
    assert len([note for _, _, note in net.notes if isinstance(note, Lack)]) == 3


async def test_what_one_may_not_hand_over_another_does(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    net.part(ada, cleo)
    net.part(ben, cleo)
    said = ada.say(6)
    await net.rest()
    ada.hidden = {entry.id for entry in said}
    net.meet(ada, cleo)
    net.meet(ben, cleo)
    await net.rest(300)
    assert net.agreed(), "at once"


async def test_what_was_said_before_is_fetched_when_a_log_begins_in_its_middle(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    drop_events(net, ben, cleo)
    ada.say(130)
    drop_nothing(net)
    ada.say()
    await net.rest(1000)
    assert net.agreed(), "before anybody compared anything"


async def test_nobody_asks_for_what_is_before_the_first(room: Room) -> None:
    net, (ada, _ben) = await room(2)
    ada.say()
    await net.rest()
    assert net.fetched() == []


async def test_one_who_hides_the_beginning_hides_it_from_nobody(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    for other in (ada, ben):
        net.part(other, cleo)
    said = ada.say(9)
    await net.rest()
    ada.hidden = {entry.id for entry in said[:6]}
    net.meet(ada, cleo)
    await net.rest()
    assert cleo.log.chain(ada.sid).first == 7
    net.meet(ben, cleo)
    ada.say()
    await net.rest()
    assert held(cleo.log)[-4:] == held(ben.log)[-4:]


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


async def test_nothing_more_is_asked_of_a_log_that_has_ended(room: Room) -> None:
    net, (ada, ben, liar) = await room(3)
    for other in (ada, ben):
        net.part(other, liar)
    ada.note(ben.sid, Heads([Head(liar.sid, 1, 900, "77" * 16)]))
    assert len(net.fetched()) == 1
    ada.take([liar.author.say()], liar.sid)
    ada.take([other_story(liar.author.said[0])], liar.sid)
    ada.note(ben.sid, Heads([Head(liar.sid, 1, 901, "77" * 16)]))
    await net.rest()
    assert len([note for sender, _, note in net.fetched() if sender == ada.sid]) == 1


@pytest.mark.parametrize("is_busy", [False, True])
async def test_a_closed_one_says_nothing_more(room: Room, is_busy: bool) -> None:
    net, (ada, ben) = await room(2)
    if is_busy:
        ada.say()
    ada.sync.close()
    await net.rest()
    ada.note(ben.sid, Beat(True, 0, 0, ["11" * 8] * 16))
    await net.rest()
    assert [sender for sender, _, _ in net.notes if sender == ada.sid] == []
