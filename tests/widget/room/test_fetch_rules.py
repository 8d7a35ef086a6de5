"""Which events are asked for, of whom, and what is handed over: one member's fetches, with everybody else in paper."""

from __future__ import annotations

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.invented import Author, member
from widget.crypto.limits import MAX_SESSIONS
from widget.room.entry import Entry
from widget.room.fetches import Fetches
from widget.room.limits import FETCH_EVENTS, FETCH_LONG_MS, FETCH_MS, NEVER_MS
from widget.room.log import FORKED, Log
from widget.room.other import Others
from widget.wire.notes import Fetch, Head, Heads, Lack, read_note

ADA = Author("Ada")
SAID = ADA.speak(300)
BEN, CLEO = member("Ben").sid, member("Cleo").sid


class Desk:
    """Ben and Cleo are reached. `out` is what was sent: questions and lacks by who gets them, answers by number."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.log = Log(lambda: 0)
        self.others = Others(self.clock)
        self.fetches = Fetches(self.clock, self.log, self, self.others, self)
        self.hidden: set[int] = set()
        self.people = [BEN, CLEO]
        self.welcome: list[tuple[str, int]] = []
        self.forks: list[tuple[str, str]] = []
        self.out: list[tuple[str, str, int, int]] = []

    def holds(self, first: int, last: int) -> None:
        for entry in SAID[first - 1 : last]:
            self.log.place(entry)
        self.fetches.went_on(ADA.sid)

    def tells(self, sid: str, first: int, last: int) -> None:
        """`sid` holds those of Ada's."""
        self.fetches.heads(sid, [Head(ADA.sid, first, last, SAID[last % FORKED - 1].id)])

    def sent(self) -> list[tuple[str, str, int, int]]:
        """What is new."""
        found, self.out = self.out, []
        return found

    def reached(self) -> list[str]:
        return self.people

    def send_note(self, sid: str, blob: bytes) -> None:
        note = read_note(blob)
        if isinstance(note, Heads):
            self.out.extend([("Head", sid, head.first, head.seq) for head in note.heads])
        else:
            assert isinstance(note, Fetch | Lack)
            self.out.append((type(note).__name__, sid, note.first, note.last))

    def held(self) -> None:
        raise AssertionError("nobody told how much it holds of mine")

    def asked(self, sid: str, events: int) -> None:
        self.welcome.append((sid, events))

    def may_read(self, sid: str, entry: Entry) -> bool:
        return entry.event.seq not in self.hidden

    def answer(self, sid: str, entries: list[Entry]) -> None:
        numbers = [entry.event.seq for entry in entries]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        self.out.append(("Answer", sid, numbers[0], numbers[-1]))

    def send_fork(self, sid: str, author: str) -> None:
        self.forks.append((sid, author))


# Asking.


def test_one_log_is_asked_of_one_member_at_a_time() -> None:
    desk = Desk()
    desk.tells(BEN, 1, 120)
    desk.tells(CLEO, 1, 120)
    assert desk.sent() == [("Fetch", BEN, 1, FETCH_EVENTS), ("Fetch", BEN, FETCH_EVENTS + 1, 2 * FETCH_EVENTS)]
    assert desk.welcome == [(BEN, FETCH_EVENTS), (BEN, FETCH_EVENTS)]


def test_of_nobody_who_said_nothing_of_it() -> None:
    desk = Desk()
    desk.fetches.fetch(ADA.sid)
    assert desk.sent() == []


def test_two_answers_are_on_their_way_while_one_is_checked() -> None:
    desk = Desk()
    desk.tells(BEN, 1, 120)
    assert desk.sent() == [("Fetch", BEN, 1, 50), ("Fetch", BEN, 51, 100)]
    desk.fetches.arrived(ADA.sid, 49)
    desk.fetches.arrived(BEN, 50)
    assert desk.sent() == []
    desk.fetches.arrived(ADA.sid, 50)
    assert desk.sent() == [("Fetch", BEN, 101, 120)]
    desk.holds(1, 50)
    assert desk.sent() == [], "the answers to the other questions are still to come"
    desk.fetches.arrived(ADA.sid, 50)
    desk.fetches.arrived(ADA.sid, 100)
    desk.fetches.arrived(ADA.sid, 120)
    assert desk.sent() == []
    desk.holds(51, 120)
    assert desk.fetches.look(0) == NEVER_MS
    assert desk.welcome == [(BEN, 50), (BEN, 50), (BEN, 20)]


@pytest.mark.parametrize("held", [50, 51])
def test_what_was_checked_already_is_not_asked_for_ahead(held: int) -> None:
    """Its log has grown meanwhile, and that asks for what follows."""
    desk = Desk()
    desk.tells(BEN, 1, 120)
    for entry in SAID[:held]:
        desk.log.place(entry)
    desk.sent()
    desk.fetches.arrived(ADA.sid, 50)
    assert desk.sent() == []


@pytest.mark.parametrize(("first", "last", "lacks", "asked"), [
    (1, 110, 0, [(51, 100)]),
    (80, 110, 0, [(80, 100)]),
    (1, 110, 60, [(61, 100)]),
    (1, 110, 99, [(100, 100)]),
    (1, 110, 100, []),
    (101, 110, 0, []),
    (1, 130, 0, [(111, 130)]),
])
def test_what_comes_before_is_asked_for_last(
    first: int, last: int, lacks: int, asked: list[tuple[int, int]]
) -> None:
    desk = Desk()
    desk.holds(101, 110)
    desk.others.of(BEN).lacks[ADA.sid] = lacks
    desk.tells(BEN, first, last)
    assert desk.sent() == [("Fetch", BEN, *numbers) for numbers in asked]


def test_of_who_did_not_tell_where_it_begins_nothing_before_is_asked() -> None:
    desk = Desk()
    desk.holds(101, 110)
    desk.others.of(BEN).heads[ADA.sid] = 110
    desk.fetches.fetch(ADA.sid)
    assert desk.sent() == []
    desk.fetches.began(ADA.sid, BEN)
    assert desk.sent() == [("Fetch", BEN, 51, 100)]


@pytest.mark.parametrize(("kept", "asked"), [(9, 0), (10, 0), (11, 1)])
def test_a_full_log_asks_for_nothing_older(monkeypatch: pytest.MonkeyPatch, kept: int, asked: int) -> None:
    monkeypatch.setattr("widget.room.fetches.EVENTS_KEPT", kept)
    desk = Desk()
    desk.holds(101, 110)
    desk.tells(BEN, 1, 110)
    assert len(desk.sent()) == asked
    desk.tells(BEN, 1, 120)
    assert (("Fetch", BEN, 111, 120) in desk.sent()) == (asked == 0), "what is newer, unless a question is open"


def test_who_does_not_answer_in_time_is_asked_after_the_others() -> None:
    desk = Desk()
    now_ms = desk.clock.steady_ms()
    for sid in (BEN, CLEO):
        desk.tells(sid, 1, 20)
    desk.sent()
    late_ms = now_ms + FETCH_MS
    assert desk.fetches.look(late_ms - 1) == late_ms - 1 + FETCH_MS
    assert desk.sent() == []
    desk.fetches.look(late_ms)
    assert desk.sent() == [("Fetch", CLEO, 1, 20)]
    assert desk.fetches.look(late_ms) == NEVER_MS, "neither has told anew what it holds"
    assert desk.sent() == []


def test_who_did_not_answer_in_time_is_asked_last_from_then_on() -> None:
    desk = Desk()
    desk.tells(BEN, 1, 20)
    desk.sent()
    desk.fetches.look(desk.clock.steady_ms() + FETCH_MS)
    desk.people = []
    for sid in (BEN, CLEO):
        desk.tells(sid, 1, 20)
    desk.people = [BEN, CLEO]
    desk.fetches.fetch(ADA.sid)
    assert desk.sent() == [("Fetch", CLEO, 1, 20)]


async def test_who_answers_slowly_is_given_time_with_each_event() -> None:
    desk = Desk()
    now_ms = desk.clock.steady_ms()
    desk.tells(BEN, 1, 20)
    desk.sent()
    await desk.clock.advance(500)
    desk.holds(1, 5)
    assert desk.fetches.look(now_ms + FETCH_MS) < NEVER_MS
    assert desk.fetches.look(now_ms + 500 + FETCH_MS) == NEVER_MS
    assert desk.sent() == []


@pytest.mark.parametrize(("until_ms", "is_asked"), [(FETCH_LONG_MS + FETCH_MS - 1, 0), (FETCH_LONG_MS + FETCH_MS, 1)])
async def test_but_not_for_ever(until_ms: int, is_asked: int) -> None:
    desk = Desk()
    for sid in (BEN, CLEO):
        desk.tells(sid, 1, 50)
    desk.sent()
    for number in range(until_ms // 1_000):
        await desk.clock.advance(1_000)
        desk.holds(number + 1, number + 1)
    await desk.clock.advance(until_ms % 1_000)
    desk.fetches.look(desk.clock.steady_ms())
    assert [(receiver, first) for _, receiver, first, _ in desk.sent()] == [(CLEO, until_ms // 1_000 + 1)][:is_asked]


def test_so_many_sessions_are_believed_of_one_member() -> None:
    desk = Desk()
    invented = [f"{number:032x}" for number in range(MAX_SESSIONS)]
    desk.fetches.heads(BEN, [Head(sid, 1, 1, "00" * 16) for sid in invented])
    desk.tells(BEN, 1, 5)
    assert ADA.sid not in desk.others.of(BEN).heads
    desk.fetches.heads(BEN, [Head(invented[0], 1, 7, "00" * 16)])
    assert desk.others.of(BEN).heads[invented[0]] == 7


# What is lacking.


def test_what_one_lacks_is_asked_of_another() -> None:
    desk = Desk()
    for sid in (BEN, CLEO):
        desk.tells(sid, 1, 20)
    desk.sent()
    desk.fetches.lack(CLEO, Lack(ADA.sid, 1, 20))
    desk.fetches.lack(BEN, Lack(BEN, 1, 20))
    assert desk.sent() == []
    desk.fetches.lack(BEN, Lack(ADA.sid, 1, 20))
    assert desk.sent() == [("Fetch", CLEO, 1, 20)]


def test_a_lack_of_what_was_not_asked_for_says_nothing() -> None:
    desk = Desk()
    desk.holds(1, 50)
    desk.tells(BEN, 1, 100)
    desk.sent()
    desk.fetches.lack(BEN, Lack(ADA.sid, 1, 50))
    assert desk.others.of(BEN).lacks == {}
    desk.fetches.lack(BEN, Lack(ADA.sid, 1, 51))
    assert desk.others.of(BEN).lacks == {ADA.sid: 51}


def test_behind_what_is_lacking_the_rest_is_waited_for() -> None:
    desk = Desk()
    desk.tells(BEN, 1, 60)
    desk.sent()
    desk.fetches.lack(BEN, Lack(ADA.sid, 1, 20))
    assert desk.sent() == []
    desk.holds(22, 50)
    assert desk.sent() == [], "one of what was asked for is missing"
    desk.holds(21, 21)
    assert desk.fetches.look(0) < NEVER_MS, "the other answer is still to come"
    desk.holds(51, 60)
    assert (desk.sent(), desk.fetches.look(0)) == ([], NEVER_MS)


# Forks.


@pytest.mark.parametrize(("told", "knows"), [
    (2, False), (3, False), (9, False), (FORKED + 2, True), (FORKED + 3, False), (FORKED + 4, False),
])
def test_who_does_not_know_where_a_log_ends_is_sent_the_proof(told: int, knows: bool) -> None:
    desk = Desk()
    desk.holds(1, 5)
    desk.log.cut(ADA.sid, 3)
    desk.tells(BEN, 1, told)
    assert desk.forks == ([] if knows else [(BEN, ADA.sid)])
    assert desk.sent() == []


def test_the_proof_also_of_a_log_that_ends_before_its_first() -> None:
    desk = Desk()
    desk.holds(1, 1)
    desk.log.cut(ADA.sid, 1)
    desk.tells(BEN, 1, 4)
    assert desk.forks == [(BEN, ADA.sid)]


def test_what_comes_before_an_end_that_i_do_not_know_of_is_fetched() -> None:
    desk = Desk()
    desk.tells(BEN, 1, FORKED + 5)
    assert desk.sent() == [("Fetch", BEN, 1, 5), ("Head", BEN, 0, 0)]


@pytest.mark.parametrize(("last", "end_seq"), [(1, 0), (0, 1)])
def test_who_tells_of_that_log_by_itself_does_not_tell_twice(last: int, end_seq: int) -> None:
    desk = Desk()
    desk.holds(1, last)
    if end_seq > 0:
        desk.log.cut(ADA.sid, end_seq)
    desk.tells(BEN, 1, FORKED)
    assert "Head" not in [kind for kind, *_ in desk.sent()]


def test_nothing_from_the_end_on_is_asked_for_and_all_before_it_is() -> None:
    desk = Desk()
    desk.holds(1, 1)
    desk.log.cut(ADA.sid, 8)
    desk.others.of(BEN).heads[ADA.sid] = 20
    desk.fetches.fetch(ADA.sid)
    assert desk.sent() == [("Fetch", BEN, 2, 7)]


@pytest.mark.parametrize("end_seq", [1, 3])
def test_a_log_that_has_ended_is_waited_for_no_more(end_seq: int) -> None:
    desk = Desk()
    desk.tells(BEN, 1, 20)
    desk.log.chains[ADA.sid] = desk.log.chain(ADA.sid)
    desk.log.cut(ADA.sid, end_seq)
    desk.fetches.went_on(ADA.sid)
    desk.fetches.look(FETCH_MS)
    assert desk.sent()[1:] == ([] if end_seq == 1 else [("Fetch", BEN, 1, 2)])


# Handing over.


@pytest.mark.parametrize(("hidden", "sent"), [
    ([], [("Answer", BEN, 2, 5)]),
    ([2], [("Lack", BEN, 2, 2), ("Answer", BEN, 3, 5)]),
    ([2, 3], [("Lack", BEN, 2, 3), ("Answer", BEN, 4, 5)]),
    ([3], [("Answer", BEN, 2, 5)]),
    ([2, 4], [("Lack", BEN, 2, 2), ("Answer", BEN, 3, 5)]),
    ([2, 3, 4, 5], [("Lack", BEN, 2, 5)]),
    (list(range(2, 10)), [("Lack", BEN, 2, 9)]),
])
def test_from_the_first_that_may_be_read_on(hidden: list[int], sent: list[tuple[str, str, int, int]]) -> None:
    """The later ones, too: the chain holds only where none is left out, and they go without their bodies."""
    desk = Desk()
    desk.holds(1, 9)
    desk.hidden = set(hidden)
    desk.fetches.serve(BEN, Fetch(ADA.sid, 2, 5))
    assert desk.sent() == sent


@pytest.mark.parametrize(("first", "last", "sent"), [
    (1, 2, [("Lack", BEN, 1, 2)]),
    (1, 4, [("Lack", BEN, 1, 2), ("Answer", BEN, 3, 4)]),
    (3, 9, [("Answer", BEN, 3, 6)]),
    (7, 9, [("Lack", BEN, 7, 9)]),
])
def test_of_what_is_not_held_it_is_said(first: int, last: int, sent: list[tuple[str, str, int, int]]) -> None:
    desk = Desk()
    desk.holds(3, 6)
    desk.fetches.serve(BEN, Fetch(ADA.sid, first, last))
    assert desk.sent() == sent
