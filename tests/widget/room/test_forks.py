"""Somebody tells two stories: both are signed, and his log ends before them."""

from __future__ import annotations

import random

import pytest

from tests.widget.room.invented import Author, held, ids, other_story, refusal
from widget.crypto.reasons import EVENT_ENDED
from widget.errors import CwError
from widget.room.chain import NO_EVENT, Forked, contradicts
from widget.room.entry import Entry
from widget.room.log import FORKED, Log


def liar(count: int = 6) -> tuple[Log, Author]:
    """All of what he said is held."""
    author = Author("Mallory", sid="c1" * 16)
    log = Log(lambda: 0)
    for entry in author.speak(count):
        log.place(entry)
    return log, author


def test_two_events_with_one_number_are_the_proof() -> None:
    log, author = liar()
    with pytest.raises(Forked) as raised:
        log.place(other_story(author.said[3]))
    assert raised.value.known is author.said[3]
    assert held(log) == ids(author.said), "the log waits to be told where it ends"


def test_two_of_one_number_that_wait_are_the_proof_too() -> None:
    log, author = liar(2)
    more = author.speak(3)
    log.place(more[2])
    with pytest.raises(Forked) as raised:
        log.place(other_story(more[2]))
    assert raised.value.known is more[2]


def test_a_cut_log_ends_before_the_fork() -> None:
    log, author = liar()
    assert log.cut(author.sid, 4) == author.said[3:]
    assert held(log) == ids(author.said[:3])
    assert [log.has(entry.id) for entry in author.said] == [True] * 3 + [False] * 3
    assert log.count() == 3


def test_nothing_from_the_fork_on_counts_any_more() -> None:
    log, author = liar()
    log.cut(author.sid, 4)
    for entry in (author.said[3], other_story(author.said[3]), author.said[5], author.say()):
        assert refusal(log, entry) == EVENT_ENDED
    assert log.chain(author.sid).waiting == {}


def test_what_waited_is_gone_by_a_fork() -> None:
    log, author = liar(2)
    more = author.speak(5)
    log.place(more[4])
    log.cut(author.sid, more[3].event.seq)
    assert log.chain(author.sid).waiting == {}
    for entry in more[:3]:
        assert log.place(entry) == [entry], "what comes before the fork counts"


def test_the_lowest_fork_holds() -> None:
    log, author = liar()
    assert log.cut(author.sid, 5) == author.said[4:]
    assert log.cut(author.sid, 6) == []
    assert log.cut(author.sid, 5) == []
    with pytest.raises(Forked):
        log.place(other_story(author.said[1]))
    assert log.cut(author.sid, 2) == author.said[1:4]
    assert held(log) == ids(author.said[:1])


def test_heads_tell_that_a_log_has_ended_and_what_is_held_of_it() -> None:
    log, author = liar()
    log.cut(author.sid, 4)
    (head,) = log.heads("c")
    assert (head.author, head.seq, head.id) == (author.sid, FORKED + 3, author.said[2].id)


def test_heads_tell_also_of_a_log_of_which_nothing_is_left() -> None:
    log, author = liar()
    log.cut(author.sid, 1)
    (head,) = log.heads("c")
    assert (head.seq, head.id) == (FORKED, NO_EVENT)
    assert log.count() == 0


def test_a_fork_of_somebody_who_said_nothing_here_is_remembered() -> None:
    log, author = Log(lambda: 0), Author("Mallory", sid="c1" * 16)
    assert log.cut(author.sid, 2) == []
    first, second = author.speak(2)
    assert log.place(first) == [first]
    assert refusal(log, second) == EVENT_ENDED


def test_others_go_on() -> None:
    log, author = liar()
    ada = Author("Ada")
    first = ada.say()
    log.place(first)
    log.cut(author.sid, 1)
    second = ada.say()
    assert log.place(second) == [second]


@pytest.mark.parametrize("seed", range(30))
def test_all_logs_end_at_the_lowest_fork_whatever_comes_first(seed: int) -> None:
    author = Author("Mallory")
    said = author.speak(8)
    stories: list[Entry] = [*said, other_story(said[6]), other_story(said[3]), other_story(said[4])]
    random.Random(seed).shuffle(stories)
    log = Log(lambda: 0)
    for entry in [*stories, *stories]:  # what was refused before is offered again
        try:
            log.place(entry)
        except Forked as fork:
            known = fork.known
            log.cut(author.sid, contradicts(entry, known))
        except CwError:
            continue
    assert held(log) == ids(said[:3])
    assert log.chain(author.sid).end_seq == 4
