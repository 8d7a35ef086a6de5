"""What a log makes of verified entries that come in any order."""

from __future__ import annotations

import random

import pytest

from tests.widget.room.invented import Author, again, held, ids, other_story, refusal, shuffled, talk
from widget.core.limits import CLOCK_REACH_MS
from widget.crypto.reasons import EVENT_AHEAD, EVENT_FORK, EVENT_OLD
from widget.room.chain import NO_EVENT
from widget.room.entry import Entry
from widget.room.limits import CLOCK_STEP, EVENTS_IN_EPOCH, EVENTS_KEPT, EVENTS_WAITING
from widget.room.log import Log

pytestmark = pytest.mark.no_cover

DIGITS = "0123456789abcdef"
DAY_MS = 86_400_000


def log_of(*entries: Entry) -> Log:
    log = Log(lambda: 0)
    for entry in entries:
        log.place(entry)
    return log


def place_all(log: Log, entries: list[Entry]) -> list[Entry]:
    return [placed for entry in entries for placed in log.place(entry)]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_order_of_arrival_the_logs_are_equal(seed: int) -> None:
    said = talk(seed, 60, [Author("Ada"), Author("Ben"), Author("Cleo")])
    live, late = log_of(*said), Log(lambda: 0)
    placed = place_all(late, shuffled(seed, said))
    assert held(late) == held(live)
    assert sorted(ids(placed)) == sorted(ids(said)), "each counts once"
    assert [late.heads(digit) for digit in DIGITS] == [live.heads(digit) for digit in DIGITS]
    assert late.clock == live.clock == max(entry.event.clock for entry in said)
    assert all(len(chain.waiting) == 0 for chain in late.chains.values())


def test_what_comes_twice_counts_once() -> None:
    first = Author("Ada").say()
    log = Log(lambda: 0)
    assert log.place(first) == [first]
    assert log.place(first) == []
    assert (log.count(), log.has(first.id), log.find(first.id)) == (1, True, first)


def test_what_comes_after_a_gap_waits_until_it_closes() -> None:
    said = Author("Ada").speak(5)
    log = log_of(said[0])
    assert place_all(log, [said[3], said[2], said[4]]) == []
    assert (held(log), log.has(said[3].id)) == (ids(said[:1]), False)
    assert log.place(said[1]) == said[1:]


def test_what_comes_before_a_gap_waits_until_it_closes() -> None:
    said = Author("Ada").speak(5)
    log = log_of(said[4])
    assert place_all(log, [said[1], said[0], said[2]]) == []
    assert log.place(said[3]) == [said[3], said[2], said[1], said[0]]
    assert held(log) == ids(said)


def test_one_that_comes_closes_gaps_on_both_sides() -> None:
    said = Author("Ada").speak(6)
    log = log_of(said[3])
    assert place_all(log, [said[5], said[1], said[0]]) == []
    assert log.place(said[4]) == said[4:]
    assert log.place(said[2]) == [said[2], said[1], said[0]]


def test_a_log_may_begin_anywhere() -> None:
    ada = Author("Ada")
    said = ada.speak(5)
    log = log_of(*said[2:])
    assert (log.chain(ada.sid).first, log.chain(ada.sid).last) == (3, 5)
    assert log.place(said[1]) == [said[1]]
    assert log.chain(ada.sid).first == 2


def test_who_said_nothing_has_an_empty_log() -> None:
    log = Log(lambda: 0)
    chain = log.chain("ab" * 16)
    assert (chain.first, chain.last, chain.last_id, chain.find(1)) == (0, 0, NO_EVENT, None)
    assert log.chains == {}


@pytest.mark.parametrize("rise", [0, -1])
def test_a_clock_that_does_not_rise_is_refused_from_either_side(rise: int) -> None:
    ada = Author("Ada")
    first = ada.say(clock=7)
    second = ada.say(clock=7 + rise)
    log = log_of(first)
    assert refusal(log, second) == EVENT_FORK
    assert held(log) == [first.id]
    assert refusal(log_of(second), first) == EVENT_FORK


def test_a_clock_may_rise_by_one() -> None:
    ada = Author("Ada")
    assert held(log_of(ada.say(clock=7), ada.say(clock=8))) == ids(ada.said)


def test_what_follows_another_event_than_i_hold_is_refused_from_either_side() -> None:
    ada = Author("Ada")
    first, second = ada.speak(2)
    other = other_story(second, prev="99" * 16)
    assert refusal(log_of(first), other) == EVENT_FORK
    assert refusal(log_of(other), first) == EVENT_FORK
    log = log_of(first)
    assert refusal(log, other) == EVENT_FORK
    assert log.place(second) == [second], "what was refused stands in nobody's way"


def test_what_waited_and_does_not_fit_is_forgotten_and_may_come_anew() -> None:
    ada = Author("Ada")
    first, second, third = ada.speak(3)
    log = log_of(first, other_story(third, prev="99" * 16))
    assert log.place(second) == [second]
    assert log.chain(ada.sid).waiting == {}
    assert log.place(third) == [third]


def test_a_clock_ahead_of_the_room_waits_for_its_time() -> None:
    ada, ben, cleo = Author("Ada"), Author("Ben"), Author("Cleo")
    age_ms = 10
    log = Log(lambda: age_ms)
    near = ben.say(clock=age_ms + CLOCK_STEP)
    assert log.place(near) == [near], "just as far as it may be"
    far = cleo.say(clock=near.event.clock + 1)
    after = cleo.say(clock=near.event.clock + 2)
    assert log.place(far) == []
    assert log.place(after) == []
    assert log.clock == near.event.clock
    more = ada.say(clock=near.event.clock)
    age_ms += 1
    assert log.place(more) == [more, far]
    age_ms += 1
    assert log.close_gaps() == [after]
    assert log.clock == after.event.clock


def test_what_is_mine_waits_for_no_time() -> None:
    log = Log(lambda: 0)
    mine = Author("Ada").say(clock=CLOCK_STEP + 1)
    assert log.place(mine, True) == [mine]


def test_what_i_say_next_is_above_all_that_i_hold_and_above_what_was_said_before_i_came() -> None:
    log, age_ms = Log(lambda: age_ms), 5_000
    assert log.next_clock() == 5_000
    log.place(Author("Ada").say(clock=5_000))
    assert log.next_clock() == 5_001


def test_who_comes_later_agrees_with_who_saw_them_come() -> None:
    """Whoever catches up hears them in any order."""
    authors = [Author(f"someone {number}") for number in range(4)]
    said = [author.say(clock=1 + index * CLOCK_STEP) for index, author in enumerate(authors)]
    log = Log(lambda: 2 * CLOCK_STEP)
    assert place_all(log, [said[3], said[2], said[1], said[0]]) == [said[2], said[1], said[0]]
    live = Log(lambda: 2 * CLOCK_STEP)
    assert place_all(live, said) == said[:3]


@pytest.mark.parametrize("room_ms", [0, DAY_MS, 30 * DAY_MS, 2**47])
@pytest.mark.parametrize("apart_ms", [0, CLOCK_REACH_MS, 2 * CLOCK_REACH_MS])
@pytest.mark.parametrize("leaps", [True, False])
def test_who_was_told_another_time_is_seen_when_that_has_come(room_ms: int, apart_ms: int, leaps: bool) -> None:
    """A service lies to two members, and a third leaps as far as the one who is ahead lets it."""
    now_ms = room_ms
    ahead, behind = Log(lambda: now_ms + apart_ms), Log(lambda: now_ms)
    eve, ada, ben = Author("Eve"), Author("Ada"), Author("Ben")
    said = [eve.say(clock=now_ms + apart_ms + CLOCK_STEP)] if leaps else []
    assert place_all(ahead, said) == said
    said = [*said, ada.say(clock=ahead.next_clock())]
    assert ahead.place(again(said[-1]), True) != []
    place_all(behind, said)
    said = [*said, ben.say(clock=behind.next_clock())]
    assert behind.place(again(said[-1]), True) != []
    assert ahead.place(said[-1]) == said[-1:] or (leaps and apart_ms == 0), "who is behind is seen at once"
    waits_ms = max(0, ada.said[0].event.clock - CLOCK_STEP - now_ms)
    assert waits_ms <= 2 * CLOCK_REACH_MS + 1
    for now_ms in (room_ms + waits_ms - 1, room_ms + waits_ms):
        ahead.close_gaps()
        behind.close_gaps()
        assert behind.has(ada.said[0].id) == (now_ms - room_ms >= waits_ms or waits_ms == 0)
    assert held(behind) == held(ahead)
    assert len(held(ahead)) == len(said)


def test_a_first_event_of_a_far_clock_waits_too() -> None:
    log = Log(lambda: 0)
    assert log.place(Author("Ada").say(clock=CLOCK_STEP + 1)) == []
    assert log.count() == 0


@pytest.mark.parametrize("count", [EVENTS_WAITING, EVENTS_WAITING + 1])
def test_of_one_author_only_so_many_wait(count: int) -> None:
    ada, ben = Author("Ada"), Author("Ben")
    said = ada.speak(2 + EVENTS_WAITING + 1)
    log = log_of(said[0])
    refused = [refusal(log, entry) for entry in said[2 : 2 + count]]
    assert refused == [0] * EVENTS_WAITING + [EVENT_AHEAD] * (count - EVENTS_WAITING)
    assert [refusal(log, entry) for entry in (ben.say(), ada.said[1])] == [0, 0], "nobody else pays for it"
    assert log.chain(ada.sid).last == 2 + EVENTS_WAITING


def test_a_liar_with_thousands_of_gaps_fills_no_memory() -> None:
    liar = Author("Mallory")
    gapped = liar.speak(6000)[::2]
    log = Log(lambda: 0)
    random.Random(1).shuffle(gapped)
    for entry in gapped:
        refusal(log, entry)
    assert log.count() == 1
    assert len(log.chain(liar.sid).waiting) == EVENTS_WAITING


def test_a_session_says_only_so_much_in_one_epoch() -> None:
    ada = Author("Ada")
    log = log_of(*ada.speak(EVENTS_IN_EPOCH - 1))
    last = ada.say()
    assert log.place(last) == [last]
    one_more = ada.say()
    assert refusal(log, one_more) == EVENT_FORK
    ada.said.pop()
    next_epoch = ada.say(kid="e2" * 16)
    assert log.place(next_epoch) == [next_epoch]


def test_what_is_said_in_other_epochs_is_counted_apart() -> None:
    ada = Author("Ada")
    log = log_of(*[ada.say(kid="e0" * 16) for _ in range(10)])
    place_all(log, [ada.say(kid="e1" * 16) for _ in range(EVENTS_IN_EPOCH)])
    assert log.count() == 10 + EVENTS_IN_EPOCH
    assert refusal(log, ada.say(kid="e1" * 16)) == EVENT_FORK


def full_log() -> tuple[Log, Author, Author]:
    """EVENTS_KEPT are held: the first five of Ada's lack, Ben spoke last."""
    ada, ben = Author("Ada"), Author("Ben")
    for number in range(2000):
        ada.say(kid=f"{number // 1000:032x}")
    for number in range(EVENTS_KEPT - 1995):
        ben.say(clock=2001 + number, kid=f"{number // 1000:032x}")
    return log_of(*ada.said[5:], *ben.said), ada, ben


def test_the_oldest_goes_when_more_comes_than_is_kept() -> None:
    log, ada, ben = full_log()
    assert log.count() == EVENTS_KEPT
    oldest = ada.said[5]
    assert log.has(oldest.id)
    log.place(ben.say())
    assert (log.count(), log.has(oldest.id), log.chain(ada.sid).first) == (EVENTS_KEPT, False, 7)


def test_nothing_older_is_taken_once_the_log_is_full() -> None:
    log, ada, _ben = full_log()
    assert refusal(log, ada.said[4]) == EVENT_OLD
    assert log.chain(ada.sid).first == 6


def test_something_older_is_taken_until_the_log_is_full() -> None:
    log, ada, ben = full_log()
    log.cut(ben.sid, len(ben.said))
    assert log.count() == EVENTS_KEPT - 1
    assert log.place(ada.said[4]) == [ada.said[4]]
    assert refusal(log, ada.said[3]) == EVENT_OLD


def test_a_leap_of_a_liar_is_forgotten_with_the_lie() -> None:
    """Who heard the other story first never leaped: their clocks must not stay apart."""
    eve, ben = Author("Eve"), Author("Ben")
    log = log_of(ben.say(), eve.say(clock=CLOCK_STEP))
    assert log.clock == CLOCK_STEP
    log.cut(eve.sid, 1)
    assert log.clock == 1
    log.cut(ben.sid, 1)
    assert log.clock == 0


def test_what_waited_for_the_end_of_a_log_counts_after_the_cut() -> None:
    eve = Author("Eve")
    one, _, three = eve.speak(3)
    log = Log(lambda: 0)
    log.place(three)
    log.place(one)
    log.cut(eve.sid, 3)
    assert held(log) == []
    assert log.close_gaps() == [one]
    assert held(log) == [one.id]


def test_the_end_of_each_log_is_kept_however_old() -> None:
    """The ends are what members compare."""
    quiet, loud = Author("Ada"), Author("Ben")
    log = log_of(quiet.say(), quiet.say())
    for number in range(EVENTS_KEPT + 10):
        log.place(loud.say(kid=f"{number // 1000:032x}", clock=3 + number))
    assert log.count() == EVENTS_KEPT
    assert held(log)[0] == quiet.said[1].id
    assert log.chain(loud.sid).last == EVENTS_KEPT + 10


def test_heads_tell_the_ends_of_the_logs_that_begin_with_that_digit_in_order() -> None:
    authors = [Author(f"{sid} said", sid=sid) for sid in ("a2" * 16, "a1" * 16, "b0" * 16)]
    log = Log(lambda: 0)
    for author in authors:
        place_all(log, author.speak(2))
    heads = log.heads("a")
    assert [(head.author, head.seq) for head in heads] == [("a1" * 16, 2), ("a2" * 16, 2)]
    assert [head.id for head in heads] == [authors[1].said[1].id, authors[0].said[1].id]
    assert [head.author for head in log.heads("b")] == ["b0" * 16]
    assert log.heads("c") == []


def test_heads_do_not_tell_of_what_only_waits() -> None:
    ada = Author("Ada", sid="a1" * 16)
    said = ada.speak(3)
    log = log_of(said[0], said[2])
    assert [head.seq for head in log.heads("a")] == [1]
    far = Author("Ben", sid="b1" * 16)
    log.place(far.say(clock=CLOCK_STEP + 100))
    assert log.heads("b") == []
