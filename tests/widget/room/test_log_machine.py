"""Two copies of a log that hear the same things in any order, from authors of whom some tell two stories."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.fakes.effort import many
from tests.widget.room.invented import Author, again, held, other_story
from widget.core.limits import CLOCK_REACH_MS
from widget.crypto.reasons import EVENT_ENDED
from widget.errors import CwError
from widget.room.chain import NO_EVENT, Chain, Forked, contradicts
from widget.room.entry import Entry
from widget.room.limits import CLOCK_STEP
from widget.room.log import Log

pytestmark = pytest.mark.no_cover

MANY = settings(max_examples=many(40, 300), stateful_step_count=many(40, 80), deadline=None)
NAMES = ("Ada", "Ben", "Cleo")
HOW = ("at_ms", "prev", "clock")
DIGITS = "0123456789abcdef"


class LogMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.authors = [Author(name) for name in NAMES]
        self.said: list[Entry] = []
        self.liars: set[str] = set()
        self.may_leap = self.may_lie = False
        self.age_ms = self.apart_ms = 0
        self.proofs: list[tuple[Entry, Entry]] = []  # of forks: members hand them on
        self.logs = [Log(lambda: self.age_ms), Log(lambda: self.age_ms + self.apart_ms)]

    @initialize(
        may_leap=st.sampled_from([False, False, True]),
        may_lie=st.sampled_from([False, True, True]),
        apart_ms=st.sampled_from([0, 0, CLOCK_REACH_MS, 2 * CLOCK_REACH_MS]),
    )
    def begin(self, may_leap: bool, may_lie: bool, apart_ms: int) -> None:
        """A service that lies has the second think the room so much older."""
        self.may_leap, self.may_lie, self.apart_ms = may_leap, may_lie, apart_ms

    @rule(who=st.integers(0, 2), heard=st.integers(0, 5))
    def say(self, who: int, heard: int) -> None:
        """An author has heard some of what was said."""
        author = self.authors[who]
        own = author.said[-1].event.clock if len(author.said) > 0 else 0
        clock = self.said[-1 - heard % len(self.said)].event.clock if len(self.said) > 0 else 0
        self.said.append(author.say(clock=1 + max(own, clock)))

    @rule(who=st.integers(0, 2), how=st.sampled_from(HOW), log=st.integers(0, 1), all_heard=st.booleans())
    def say_two_things(self, who: int, how: str, log: int, all_heard: bool) -> None:
        """One to each, who may have heard all before."""
        for each in self.logs:
            for entry in self.said if all_heard else []:
                self._take(each, entry)
        self.say(who, 0)
        entry = self.said[-1]
        self.lie(len(self.said) - 1, how)
        self._take(self.logs[log], entry)
        self._take(self.logs[1 - log], self.said[-1])

    @precondition(lambda self: self.may_leap)
    @rule(who=st.integers(0, 2))
    def leap(self, who: int) -> None:
        """A clock one farther ahead of all others, or of the room, than one may be: it waits for its time."""
        author = self.authors[who]
        top = max((entry.event.clock for entry in self.said), default=self.age_ms)
        self.said.append(author.say(clock=top + CLOCK_STEP + 1))

    @rule(ms=st.integers(1, 2 * CLOCK_STEP))
    def age(self, ms: int) -> None:
        self.age_ms += ms
        for log in self.logs:
            log.close_gaps()
            self._end_forks(log)

    @rule(which=st.integers(0, 1_000), how=st.sampled_from(HOW))
    def lie(self, which: int, how: str) -> None:
        """The same number again, with something else."""
        if len(self.said) == 0 or not self.may_lie:
            return
        entry = self.said[which % len(self.said)]
        value = {"at_ms": entry.event.at_ms + 1, "prev": "ee" * 16, "clock": max(1, entry.event.clock - 1)}[how]
        story = other_story(entry, **{how: value})
        self.liars.add(entry.event.author)
        if story.id != entry.id:
            self.said.append(story)

    @rule(log=st.integers(0, 1), which=st.integers(0, 1_000))
    def hear(self, log: int, which: int) -> None:
        if len(self.said) > 0:
            self._take(self.logs[log], self.said[which % len(self.said)])

    @rule(log=st.integers(0, 1), newest=st.integers(1, 10), backwards=st.booleans())
    def hear_the_newest(self, log: int, newest: int, backwards: bool) -> None:
        for entry in self.said[-newest:][:: -1 if backwards else 1]:
            self._take(self.logs[log], entry)

    def _take(self, log: Log, entry: Entry) -> None:
        """As the replica does: the proof of a fork ends a log."""
        before, reason = held(log), 0
        mine = again(entry)
        try:
            placed = log.place(mine)
            assert all(log.find(one.id) is one for one in placed)
            assert set(held(log)) == {*before, *(one.id for one in placed)}
        except Forked as fork:
            self._end(log, fork.known, mine)
        except CwError as error:
            reason = error.reason
        if reason > 0:
            assert (reason, entry.event.author in self.liars) == (EVENT_ENDED, True)
        self._end_forks(log)

    def _end_forks(self, log: Log) -> None:
        while len(log.forks) > 0:
            self._end(log, *log.forks.pop())

    def _end(self, log: Log, known: Entry, other: Entry) -> None:
        self.proofs.append((known, other))
        seq = contradicts(known, other)
        assert seq > 0
        assert known.event.author in self.liars
        log.cut(known.event.author, seq)
        log.close_gaps()

    @invariant()
    def each_chain_is_whole(self) -> None:
        for log in self.logs:
            assert log.count() == len(held(log))
            counted = [entry.event.clock for chain in log.chains.values() for entry in chain.entries]
            assert log.clock == max(counted, default=0)
            for author, chain in log.chains.items():
                self._check(log, author, chain)

    def _check(self, log: Log, author: str, chain: Chain) -> None:
        assert all(entry.event.author == author and log.has(entry.id) for entry in chain.entries)
        for one, other in zip(chain.entries, chain.entries[1:], strict=False):
            assert other.event.seq == one.event.seq + 1
            assert other.event.prev == one.id
            assert other.event.clock > one.event.clock
        assert chain.end_seq == 0 or (author in self.liars and chain.last < chain.end_seq)
        for seq, entry in chain.waiting.items():
            is_far = entry.event.clock > self.age_ms + CLOCK_STEP + (self.apart_ms if log is self.logs[1] else 0)
            assert seq == entry.event.seq
            is_apart = len(chain.entries) > 0 and seq not in (chain.first - 1, chain.last + 1)
            assert is_far or is_apart or chain.end_seq > 0

    def teardown(self) -> None:
        """Who has heard everything holds the same, whatever came first; of who told no lie all of it."""
        self.age(2**48)
        for log in self.logs:
            for entry in self.said:
                self._take(log, entry)
        for log in self.logs:
            for known, other in list(self.proofs):
                self._end(log, known, other)
            for entry in self.said:
                self._take(log, entry)
        mine, theirs = self.logs
        assert held(mine) == held(theirs)
        assert [mine.heads(digit) for digit in DIGITS] == [theirs.heads(digit) for digit in DIGITS]
        for author in self.authors:
            if author.sid not in self.liars:
                assert mine.chain(author.sid).last_id == (author.said[-1].id if len(author.said) > 0 else NO_EVENT)


def test_two_logs_that_heard_the_same_are_equal_and_never_broken() -> None:
    run_state_machine_as_test(LogMachine, settings=MANY)
