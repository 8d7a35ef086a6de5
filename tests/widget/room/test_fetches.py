"""What one lacks is fetched from whoever has it, whatever is lost."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.widget.room.copies import WAY_MS, Copy, Room, drop_events, drop_nothing
from tests.widget.room.invented import Author, again, held
from widget.room.entry import Entry
from widget.room.limits import AGAIN_MS, DIFFERS_MS, FETCH_EVENTS, FETCH_MS, GAP_MS, UNREAD_MS
from widget.wire.notes import Fetch, Heads, Lack, Note


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


async def test_what_is_missing_before_all_one_holds_is_fetched_though_the_heads_that_tell_of_it_are_lost(
    room: Room,
) -> None:
    """Digests are of the ends alone: they are equal."""
    net, (ada, ben) = await room(2)
    net.part(ada, ben)
    said = ben.say(3)
    ada.log.place(again(said[2]))
    ada.sync.changed([ben.sid])
    net.lost = lambda sender, receiver, what: isinstance(what, Heads)
    net.meet(ada, ben)
    await net.rest()
    assert net.agreed()
    net.forget()
    net.part(ada, ben)
    net.meet(ada, ben)
    await net.rest()
    assert net.fetched() == []


@pytest.mark.parametrize("are_lost", [False, True])
async def test_who_has_nothing_before_it_is_asked_once_on_a_way(room: Room, are_lost: bool) -> None:
    """And never, where its heads have told."""
    net, (ada, ben, cleo) = await room(3)
    for one, other in ((ada, ben), (cleo, ben), (ada, cleo)):
        net.part(one, other)
    said = ben.say(3)
    for copy in (ada, cleo):
        copy.log.place(again(said[2]))
        copy.sync.changed([ben.sid])
    net.lost = lambda sender, receiver, what: are_lost and isinstance(what, Heads)
    net.meet(ada, cleo)
    await net.rest()
    asked = sorted((sender, note.first, note.last) for sender, _, note in net.fetched())
    assert asked == ([(ada.sid, 1, 2), (cleo.sid, 1, 2)] if are_lost else [])
    net.part(ada, cleo)
    net.meet(ada, cleo)
    await net.rest()
    assert len(net.fetched()) == 2 * len(asked)


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


async def test_an_answer_that_could_not_be_read_is_asked_for_again_soon_and_once(room: Room) -> None:
    net, (ada, ben) = await room(2)
    drop_events(net, ben)
    ada.say()
    await net.clock.until(lambda: len(net.entries) == 2)
    await net.clock.advance(UNREAD_MS - WAY_MS - 1)
    ben.fetches.unread(ada.sid)
    assert len(net.fetched()) == 1
    await net.clock.advance(1)
    ben.fetches.unread("f" * 32)
    assert len(net.fetched()) == 1
    drop_nothing(net)
    ben.fetches.unread(ada.sid)
    ben.fetches.unread(ada.sid)
    assert len(net.fetched()) == 2
    await net.clock.advance(2 * WAY_MS)
    assert net.agreed()


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
