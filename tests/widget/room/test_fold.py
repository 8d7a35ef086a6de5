"""From events that come in any order to the lines that people read."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.fakes.clock import HandClock
from tests.fakes.realm import NOW_MS
from tests.widget.room.invented import Author, again, ids, talk
from tests.widget.room.screen import note, screen, screen_of, texts
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.kinds.text import Text
from widget.room.limits import ITEMS_KEPT, LATE_MS, SNAPSHOT_EACH, SNAPSHOTS
from widget.room.view import View

pytestmark = pytest.mark.no_cover

SAID = talk(7, 600, [Author("Ada"), Author("Ben"), Author("Cleo")])


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The id of every text that is folded, each time."""
    found: list[str] = []
    apply = Text.apply

    def counted(self: Text, view: View, entry: Entry, body: bytes) -> None:
        found.append(entry.id)
        apply(self, view, entry, body)

    monkeypatch.setattr(Text, "apply", counted)
    return found


def in_order(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.place)


@pytest.mark.parametrize("seed", range(20))
def test_every_order_of_arrival_gives_equal_lines(seed: int) -> None:
    said = talk(seed, 40, [Author("Ada"), Author("Ben"), Author("Cleo")])
    rng = random.Random(seed)
    arriving = list(said)
    rng.shuffle(arriving)
    fold = screen()
    while len(arriving) > 0:
        count = rng.randrange(1, 6)
        fold.add(arriving[:count], 0)
        arriving = arriving[count:]
    assert [line.id for line in fold.view.lines] == ids(in_order(said))
    assert fold.view.lines == screen_of(in_order(said)).view.lines


@pytest.mark.parametrize("seed", range(4))
def test_so_does_it_across_snapshots(seed: int) -> None:
    """Mostly in order, as messages come; some are late by a little, some by much."""
    rng = random.Random(seed)
    arriving = sorted(range(600), key=lambda number: number + (rng.choice([5, 40, 500]) if number % 20 == 0 else 0))
    said = in_order(SAID)
    assert texts(screen_of([said[number] for number in arriving])) == texts(screen_of(said))


@pytest.mark.parametrize("seed", range(10))
def test_lines_that_no_event_brought_keep_their_places(seed: int) -> None:
    said = talk(seed, 30, [Author("Ada"), Author("Ben")])
    clocks = [0, 3, 3, 9, 500]
    rng = random.Random(seed)
    arriving: list[Entry | None] = [*said, *[None for _ in clocks]]
    rng.shuffle(arriving)
    fold, told = screen(), 0
    for entry in arriving:
        if entry is None:
            fold.note(clocks[told], note(f"note {told}"), [])
            told += 1
        else:
            fold.add([again(entry)], 0)
    lines = zip(in_order(said), texts(screen_of(said)), strict=True)
    expected = [(entry.event.clock, 0, line) for entry, line in lines]
    expected += [(clock, 1, f"note {number}") for number, clock in enumerate(clocks)]
    assert texts(fold) == [line for _, _, line in sorted(expected, key=lambda item: item[:2])]


def test_of_one_clock_the_lower_author_comes_first() -> None:
    low, high = Author("low", sid="11" * 16), Author("high", sid="ee" * 16)
    entries = [high.say("second", clock=4), low.say("first", clock=4)]
    assert texts(screen_of(entries)) == ["first", "second"]


def late_one(held_ms: int) -> list[list[str]]:
    """The flags of three lines: the second came when the third had been held for so long."""
    ada, ben = Author("Ada"), Author("Ben")
    fold = screen()
    fold.add([ada.say(clock=1), ada.say(clock=5)], 1000)
    for entry in ada.said:
        entry.since_ms = 1000
    fold.add([ben.say(clock=3, since_ms=1000 + held_ms)], 1000 + held_ms)
    return [list(line.flags) for line in fold.view.lines]


def test_what_lands_above_lines_that_were_read_is_marked() -> None:
    assert late_one(LATE_MS + 1) == [[], ["late"], []]


def test_what_lands_above_lines_that_just_came_is_not_marked() -> None:
    assert late_one(LATE_MS) == [[], [], []]


def test_what_lands_at_the_end_is_never_late() -> None:
    ada = Author("Ada")
    fold = screen()
    fold.add([ada.say()], 0)
    fold.note(1, note("Ben joined."), [])
    fold.add([ada.say(since_ms=LATE_MS * 9)], LATE_MS * 9)
    assert [list(line.flags) for line in fold.view.lines] == [[], [], []]


def test_what_lands_above_notes_only_is_not_late() -> None:
    fold = screen()
    fold.note(9, note("Ben joined."), [])
    fold.add([Author("Ada").say(since_ms=LATE_MS * 9)], LATE_MS * 9)
    assert [list(line.flags) for line in fold.view.lines] == [[], []]


def news(fold: Fold, author: Author, sentence: str, clock: int, came: bool = True) -> None:
    """That person came, or left."""
    text = f"{author.me.name} {sentence}"
    fold.note(clock, replace(note(text), sender_id=author.me.sub), [author.sid] if came else [])


@pytest.mark.parametrize("told_after", [0, 1, 2, 3])
def test_who_comes_is_told_before_all_they_say(told_after: int) -> None:
    """Whichever of them I hear first, and whatever clock I have by then."""
    ada, ben = Author("Ada"), Author("Ben")
    fold = screen_of([ada.say("before", clock=3), ada.say("meanwhile", clock=6)])
    for number, entry in enumerate([ben.say("second", clock=5), ben.say("first", clock=4), ada.say("after", clock=7)]):
        if number == told_after:
            news(fold, ben, "joined.", 6)
        fold.add([entry], 0)
    if told_after == 3:
        news(fold, ben, "joined.", 7)
    assert texts(fold) == ["before", "Ben joined.", "first", "second", "meanwhile", "after"]


def test_what_they_said_before_they_left_stays_above(applied: list[str]) -> None:
    ada, ben = Author("Ada"), Author("Ben")
    fold = screen_of([ada.say("hello", clock=1)])
    news(fold, ben, "joined.", 1)
    fold.add([ben.say("once", clock=3)], 0)
    news(fold, ben, "left.", 3, came=False)
    fold.add([ben.say("again", clock=5)], 0)
    news(fold, ben, "joined.", 5)
    fold.add([ben.say("late", clock=2)], 0)
    assert texts(fold) == ["hello", "Ben joined.", "late", "once", "Ben left.", "Ben joined.", "again"]
    count = len(applied)
    fold.add([ben.say("more", clock=6)], 0)
    assert len(applied) == count + 1


def test_what_another_session_said_is_no_news_of_this_one() -> None:
    ben, old = Author("Ben"), Author("Ben", sid="0b" * 16)
    fold = screen_of([old.say("long ago", clock=1)])
    news(fold, ben, "joined.", 2)
    fold.add([old.say("earlier", clock=2), ben.say("now", clock=3)], 0)
    assert texts(fold) == ["long ago", "earlier", "Ben joined.", "now"]


def test_what_others_said_at_the_same_clock_is_not_below_who_came() -> None:
    ada, ben = Author("Ada", sid="0a" * 16), Author("Ben", sid="0b" * 16)
    fold = screen_of([ada.say("hello", clock=1)])
    news(fold, ben, "joined.", 1)
    fold.add([ben.say("hi", clock=1)], 0)
    assert texts(fold) == ["hello", "Ben joined.", "hi"]


def test_a_line_of_somebodys_coming_moves_across_snapshots() -> None:
    ada, ben = Author("Ada", sid="0b" * 16), Author("Ben", sid="0a" * 16)
    fold = screen_of([ada.say(f"{number}", clock=number) for number in range(1, 2 * SNAPSHOT_EACH)])
    news(fold, ben, "joined.", 2 * SNAPSHOT_EACH)
    fold.add([ben.say("early", clock=5)], 0)
    around = texts(fold)[3:8]
    assert (around[0], around[1], sorted(around[2:4]), around[4]) == ("4", "Ben joined.", ["5", "early"], "6")
    assert texts(fold).count("Ben joined.") == 1


def test_the_mark_stays_when_more_is_folded_in() -> None:
    ada, ben = Author("Ada"), Author("Ben")
    fold = screen()
    fold.add([ada.say(clock=1), ada.say(clock=9)], 0)
    fold.add([ben.say("late", clock=5, since_ms=LATE_MS + 1)], LATE_MS + 1)
    fold.add([ben.say("also late", clock=7, since_ms=LATE_MS + 2)], LATE_MS + 2)
    assert [line.content for line in fold.view.lines if "late" in line.flags] == ["late", "also late"]


def test_a_time_that_is_far_off_is_marked() -> None:
    entry = Author("Ada").say()
    entry.is_odd = True
    assert [list(line.flags) for line in screen_of([entry]).view.lines] == [["clock"]]


@pytest.mark.parametrize("below", [0, 1, 5000 % SNAPSHOT_EACH, SNAPSHOT_EACH, 1000, 4900])
def test_one_more_among_thousands_folds_little_anew(below: int, applied: list[str]) -> None:
    ada = Author("Ada")
    said = [ada.say(clock=10 * (1 + number)) for number in range(5000)]
    fold = screen()
    fold.add(said, 0)
    del applied[:]
    late = Author("Ben").say("late", clock=said[-1].event.clock - 10 * below + 1)
    fold.add([late], 0)
    assert late.id in applied
    assert below + 1 <= len(applied) <= below + SNAPSHOT_EACH
    assert fold.view.lines[-1 - below].content == "late"
    assert len(fold.view.lines) == 5001


def test_what_comes_at_the_end_folds_nothing_anew(applied: list[str]) -> None:
    fold = screen_of(SAID)
    del applied[:]
    last = Author("Ben again").say("last", clock=9000)
    fold.add([last], 0)
    assert applied == [last.id]


def test_the_memory_for_going_back_is_bounded() -> None:
    fold = screen_of([Author("Ada").say(clock=number + 1) for number in range(SNAPSHOT_EACH * (SNAPSHOTS + 3))])
    assert len(fold._snapshots) == SNAPSHOTS


def test_what_comes_before_everything_is_folded_in_too() -> None:
    fold = screen_of([Author("Ada").say(clock=number + 2) for number in range(SNAPSHOT_EACH * (SNAPSHOTS + 3))])
    fold.add([Author("Ben").say("the very first", clock=1)], 0)
    assert texts(fold)[0] == "the very first"
    assert len(fold.view.lines) == SNAPSHOT_EACH * (SNAPSHOTS + 3) + 1


def full_screen(more: int) -> Fold:
    ada = Author("Ada")
    fold = screen()
    fold.add([ada.say(f"{number}") for number in range(ITEMS_KEPT + more)], 0)
    return fold


def test_so_many_lines_are_kept() -> None:
    fold = full_screen(0)
    assert (len(fold.view.lines), texts(fold)[0]) == (ITEMS_KEPT, "0")


def test_the_oldest_lines_go_when_there_are_more() -> None:
    fold = full_screen(1)
    assert ITEMS_KEPT // 2 <= len(fold.view.lines) <= ITEMS_KEPT
    first = ITEMS_KEPT + 1 - len(fold.view.lines)
    assert texts(fold) == [str(number) for number in range(first, ITEMS_KEPT + 1)]


def test_what_comes_late_after_the_oldest_went_finds_its_place() -> None:
    fold = full_screen(1)
    fold.add([Author("Ben").say("late", clock=ITEMS_KEPT)], 0)
    assert texts(fold).index("late") in (len(fold.view.lines) - 2, len(fold.view.lines) - 3)
    count = len(fold.view.lines)
    fold.add([Author("Cleo").say("before all", clock=1)], 0)
    assert texts(fold)[0] == "before all"
    assert len(fold.view.lines) == count + 1


def test_lines_that_did_not_change_stay_the_same_objects() -> None:
    """That is how the screen knows which to draw."""
    said = in_order(SAID)
    fold = screen_of(said[:590])
    before = list(fold.view.lines)
    fold.add(said[590:], 0)
    assert all(now is line for now, line in zip(fold.view.lines, before, strict=False))
    fold.view.mark(said[100].id, "sent")
    changed = [index for index, line in enumerate(before) if fold.view.lines[index] is not line]
    assert changed == [100]


def test_a_late_line_leaves_those_far_above_the_same_objects() -> None:
    ada = Author("Ada")
    fold = screen_of([ada.say(clock=2 * number + 2) for number in range(600)])
    before = list(fold.view.lines)
    fold.add([Author("Ben").say(clock=1195)], 0)
    assert all(fold.view.lines[index] is before[index] for index in range(2 * SNAPSHOT_EACH))


def test_how_far_a_line_got_outlives_what_comes_late() -> None:
    ada = Author("Ada")
    said = [ada.say(clock=2 * number + 2) for number in range(300)]
    fold = screen_of(said)
    fold.view.mark(said[10].id, "sent")
    fold.view.mark(said[10].id, "delivered")
    fold.view.mark(said[290].id, "sent")
    for clock in (599, 3):
        fold.add([Author(f"late at {clock}").say("late", clock=clock)], 0)
        found = {line.id: line.delivery for line in fold.view.lines if line.content != "late"}
        assert (found[said[10].id], found[said[290].id], found[said[0].id]) == ("delivered", "sent", "received")


def test_a_line_is_marked_before_it_is_shown() -> None:
    entry = Author("Ada").say()
    fold = screen()
    assert not fold.view.mark(entry.id, "sending"), "nobody sees it yet"
    fold.add([entry], 0)
    assert [line.delivery for line in fold.view.lines] == ["sending"]


def test_a_mark_that_is_no_news_changes_nothing() -> None:
    entry = Author("Ada").say()
    fold = screen_of([entry])
    assert fold.view.mark(entry.id, "sent")
    before = fold.view.lines[0]
    assert not fold.view.mark(entry.id, "sent")
    assert fold.view.lines[0] is before


def test_a_note_of_mine_that_got_further_says_so_after_a_late_event() -> None:
    fold = screen()
    fold.note(5, note("mine"), [])
    fold.view.mark("mine", "failed")
    fold.add([Author("Ada").say(clock=1)], 0)
    assert [line.delivery for line in fold.view.lines] == ["received", "failed"]


@pytest.mark.parametrize("first", [0, 10, 255, 256, 257, 599])
def test_what_does_not_count_any_more_is_taken_off_the_screen(first: int) -> None:
    ada, ben = Author("Ada"), Author("Ben")
    said = [(ada if number % 2 == 0 else ben).say(f"{number}", clock=number + 1) for number in range(600)]
    fold = screen_of(said)
    fold.note(300, note("note"), [])
    gone = [entry for entry in said[first:] if entry.author is ben.me]
    fold.remove(gone)
    kept = screen_of([again(entry) for entry in said if entry not in gone])
    kept.note(300, note("note"), [])
    assert fold.view.lines == kept.view.lines
    fold.add([Author("Cleo").say("after", clock=700)], 0)
    assert texts(fold)[-1] == "after"


def test_taking_off_what_is_not_there_changes_nothing(applied: list[str]) -> None:
    fold = screen_of(SAID[:10])
    before, count = list(fold.view.lines), len(applied)
    fold.remove([])
    fold.remove([Author("Ben").say()])
    assert len(applied) == count
    assert all(now is line for now, line in zip(fold.view.lines, before, strict=True))


def test_a_line_says_who_said_what_when() -> None:
    ada = Author("Ada")
    fold = screen(my_device=ada.me.jkt)
    fold.add([ada.say("mine"), Author("Ben").say("hers", clock=9)], 0)
    mine, other = fold.view.lines
    assert (mine.mine, mine.sender_id, mine.sender_name) == (True, ada.me.sub, "Ada")
    assert (other.mine, other.sender_name, other.delivery) == (False, "Ben", "received")
    assert mine.timestamp == HandClock().iso(NOW_MS)
    assert fold.view.find(mine.id) is mine
    assert fold.view.find("00" * 16) is None
