"""A line that somebody hands over without its words is asked of those who have them."""

from __future__ import annotations

from tests.widget.room.copies import Copy, Net, Room, drop_events, drop_nothing
from tests.widget.room.invented import Author, bare
from widget.room.bodies import NOTHING
from widget.room.limits import ASKS, FETCH_EVENTS, FETCH_MS
from widget.wire.notes import Fetch


def asked(net: Net, who: Copy) -> list[tuple[str, int, int]]:
    """Of whom, and for what."""
    return [(receiver, note.first, note.last) for sender, receiver, note in net.fetched() if sender == who.sid]


async def one_lies(room: Room, lines: int) -> tuple[Net, list[Copy]]:
    """The second says so many lines; the third hands them to the first without their words, before anybody else."""
    net, (ada, ben, cleo) = await room(3)
    net.part(ada, ben)
    said = ben.say(lines)
    cleo.bare = {entry.id for entry in said}
    await net.clock.advance(20)
    net.hand_over(cleo.sid, ada.sid, [bare(entry) for entry in said])
    await net.clock.advance(20)
    assert ada.bodiless() == [entry.event.seq for entry in said]
    return net, [ada, ben, cleo]


async def test_its_words_are_fetched_of_its_author(room: Room) -> None:
    net, (ada, ben, _) = await one_lies(room, 3)
    net.meet(ada, ben)
    await net.rest()
    assert ada.bodiless() == []
    assert (ben.sid, 1, 3) in asked(net, ada)


async def test_or_of_somebody_else_who_has_them(room: Room) -> None:
    net, (ada, _, _) = await one_lies(room, 3)
    await net.rest()
    assert ada.bodiless() == [1, 2, 3]
    dan = net.join(Author("Dan", sid="d" * 32))
    await net.rest()
    assert (ada.bodiless(), dan.bodiless()) == ([], [])
    assert asked(net, ada)[-1] == (dan.sid, 1, 3)


async def test_nobody_is_asked_twice_on_one_way(room: Room) -> None:
    net, (ada, ben, cleo) = await one_lies(room, 3)
    await net.rest()
    assert asked(net, ada) == [(cleo.sid, 1, 3)]
    assert net.timers() == 0
    ben.bare = cleo.bare
    net.meet(ada, ben)
    await net.rest()
    assert asked(net, ada) == [(cleo.sid, 1, 3), (ben.sid, 1, 3)]
    assert net.timers() == 0
    net.part(ada, ben)
    net.meet(ada, ben)
    await net.rest()
    assert asked(net, ada)[2:] == [(ben.sid, 1, 3)]


async def test_they_come_in_small_steps(room: Room) -> None:
    net, (ada, ben, _) = await one_lies(room, 3 * FETCH_EVENTS + 1)
    net.meet(ada, ben)
    await net.clock.advance(1_000)
    assert ada.bodiless() == []
    steps = [(first, last) for sid, first, last in asked(net, ada) if sid == ben.sid]
    assert steps == [(1, 50), (51, 100), (101, 150), (151, 151)]


async def test_only_those_that_lack_are_asked_for(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    net.part(ada, ben)
    said = ben.say(6)
    cleo.bare = {said[1].id, said[2].id, said[4].id}
    await net.clock.advance(20)
    net.meet(ada, ben)
    ben.fetches.serve = lambda sid, fetch: None  # type: ignore[method-assign]
    net.hand_over(cleo.sid, ada.sid, [bare(one) if one.id in cleo.bare else one for one in said])
    await net.rest()
    lacking = [(sid, first, last) for sid in (ben.sid, cleo.sid) for first, last in ((2, 3), (5, 5))]
    assert sorted(one for one in asked(net, ada) if one[1] > 1) == lacking


async def test_those_that_come_before_what_was_asked_for_are_asked_for_too(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    net.part(ada, ben)
    said = ben.say(3)
    cleo.bare = {entry.id for entry in said}
    cleo.hidden = {said[0].id}
    await net.clock.advance(20)
    net.hand_over(cleo.sid, ada.sid, [bare(entry) for entry in said[1:]])
    await net.rest()
    assert asked(net, ada)[-1] == (cleo.sid, 2, 3)
    cleo.hidden = set()
    net.forget()
    net.hand_over(cleo.sid, ada.sid, [bare(said[0])])
    await net.rest()
    assert asked(net, ada) == [(cleo.sid, 1, 3)]


async def test_no_more_than_so_many_are_asked_at_a_time(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ben.fetches.serve = lambda sid, fetch: None  # type: ignore[method-assign]
    said = [Author(f"Eve {number}").say() for number in range(ASKS + 1)]
    for copy in (ada, ben):
        copy.take([bare(entry) if copy is ada else entry for entry in said], copy.sid)
    for _ in range(100):
        await net.clock.advance(50)
        assert len(asked(net, ada)) in (0, ASKS, ASKS + 1)
        if len(asked(net, ada)) > 0:
            break
    assert len(asked(net, ada)) == ASKS


async def test_who_does_not_answer_holds_up_nobody(room: Room) -> None:
    """A question for words keeps none for lines waiting, and is asked of somebody else soon."""
    net, (ada, ben, cleo) = await one_lies(room, 3)
    cleo.fetches.serve = lambda sid, fetch: None  # type: ignore[method-assign]
    for _ in range(50):
        if len(asked(net, ada)) == 0:
            await net.clock.advance(100)
    assert asked(net, ada) == [(cleo.sid, 1, 3)]
    drop_events(net, ada, cleo)
    ben.say(2)
    drop_nothing(net)
    net.meet(ada, ben)
    await net.clock.advance(100)
    assert asked(net, ada)[1] == (ben.sid, 4, 5)
    assert ada.log.chain(ben.sid).last == 5
    await net.clock.advance(FETCH_MS)
    assert ada.bodiless() == []


async def test_a_frame_that_could_not_be_read_is_asked_for_again(room: Room) -> None:
    net, (ada, ben, _) = await one_lies(room, 3)
    lost: list[Fetch] = []
    ben.fetches.serve = lambda sid, fetch: lost.append(fetch)  # type: ignore[method-assign]
    net.meet(ada, ben)
    await net.clock.advance(FETCH_MS - 500)
    assert len(lost) == 1
    del ben.fetches.serve
    ada.fetches.unread(ben.sid)
    await net.rest()
    assert ada.bodiless() == []


async def test_after_a_reload_they_are_asked_for_again(room: Room) -> None:
    net, (ada, ben, _) = await one_lies(room, 3)
    again = Copy(net, Author("Ada again", sid="b" * 32), ada.log)
    ada.sync.close()
    net.copies[again.sid] = again
    net.meet(again, ben)
    await net.rest()
    assert again.bodiless() == []


async def test_what_is_cut_off_is_asked_of_nobody(room: Room) -> None:
    _, (ada, ben, _) = await one_lies(room, 3)
    bodies = ada.fetches.bodies
    assert bodies.wanted(ben.sid, ben.sid) == (1, 3)
    ada.log.cut(ben.sid, 2)
    assert bodies.wanted(ben.sid, ben.sid) == (1, 1)
    ada.log.cut(ben.sid, 1)
    assert bodies.wanted(ben.sid, ben.sid) == NOTHING
