"""How the copies of a log learn what the others hold, and that they rest once all hold the same."""

from __future__ import annotations

import pytest

from tests.widget.room.copies import Room, drop_events
from widget.room.limits import AGAIN_MS, DIFFERS_MS, GAP_MS
from widget.wire.notes import Beat


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


async def test_who_forgot_the_first_words_is_no_holder_of_them_any_more(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ada.say(4)
    await net.rest()
    before = ada.told_more
    ada.sync.beat(ben.sid, Beat(False, 3, 4, ["00" * 8] * 16))
    assert ada.told_more == before + 1
    assert [ada.sync.holders(ada.sid, seq) for seq in (2, 3, 4)] == [[], [ben.sid], [ben.sid]]


async def test_of_anothers_log_its_holders_are_who_shows_the_same_or_its_end(room: Room) -> None:
    net, (ada, ben, cleo) = await room(3)
    ada.say()
    await net.rest()
    assert sorted(ben.sync.holders(ada.sid, 1)) == [ada.sid, cleo.sid]
    drop_events(net, cleo)
    ada.say()
    await net.rest(DIFFERS_MS + AGAIN_MS + GAP_MS)
    assert [ben.sync.holders(ada.sid, seq) for seq in (1, 2)] == [[ada.sid, cleo.sid], [ada.sid]]
    assert cleo.sync.holders(ada.sid, 2) == [ada.sid, ben.sid], "by their heads, though their logs differ from mine"
    assert cleo.sync.holders(ada.sid, 3) == []


async def test_a_beat_that_tells_no_more_is_no_news(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ada.say(2)
    await net.rest()
    before = ada.told_more
    ada.sync.beat(ben.sid, Beat(False, 1, 2, ["00" * 8] * 16))
    assert ada.told_more == before


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
