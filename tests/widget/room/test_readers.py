"""Who may read what: of a room that keeps no history for who comes later, and of one that does."""

from __future__ import annotations

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.invented import Author, member
from widget.crypto.session import PeerSession
from widget.room.limits import EPOCHS_KNOWN, HISTORY_EVENTS, HISTORY_MS
from widget.room.log import Log
from widget.room.readers import Readers

ADA, BEN, CLEO = Author("Ada").me, Author("Ben").me, Author("Cleo").me


def name(n: int) -> str:
    return f"{n:032x}"


class Told:
    """What Ada said, one line in each epoch, and what I know of these."""

    def __init__(self, *kids: int, history: bool = False) -> None:
        self.author = Author("Ada")
        self.log = Log(lambda: 0)
        self.clock = HandClock()
        self.readers = Readers(self.clock, self.log, history)
        for kid in kids:
            self.say(kid)

    def say(self, kid: int) -> None:
        self.log.place(self.author.say(kid=name(kid)))

    def epoch(self, n: int, *members: PeerSession) -> None:
        self.readers.adopted(name(n), list(members))

    def may(self, reader: PeerSession) -> list[bool]:
        """Of each line, as if it had come now."""
        entries = self.log.chain(self.author.sid).entries
        self.readers.note(entries)
        return [self.readers.may(reader, entry) for entry in entries]


def test_who_comes_later_reads_only_what_is_said_from_then_on() -> None:
    told = Told(1, 2, 3)
    told.epoch(1, ADA, BEN)
    told.epoch(2, ADA, BEN, CLEO)
    told.epoch(3, ADA, BEN, CLEO)
    assert told.may(BEN) == [True, True, True]
    assert told.may(CLEO) == [False, True, True]


def test_who_was_never_in_reads_nothing() -> None:
    told = Told(1)
    told.epoch(1, ADA, BEN)
    assert told.may(CLEO) == [False]


def test_an_author_reads_all_that_its_device_said() -> None:
    told = Told(1, 2)
    assert told.may(ADA) == [True, True]
    assert told.may(member("Ada anew", device="Ada")) == [True, True]


def test_who_was_cut_off_reads_also_what_was_said_without_him() -> None:
    told = Told(1, 2, 3)
    told.epoch(1, ADA, BEN, CLEO)
    told.epoch(2, ADA, BEN)
    told.epoch(3, ADA, BEN, CLEO)
    assert told.may(CLEO) == [True, True, True]


def test_who_left_and_came_again_begins_again() -> None:
    told = Told(1, 2, 3)
    told.epoch(1, ADA, BEN, CLEO)
    told.readers.left(CLEO)
    told.epoch(2, ADA, BEN)
    assert told.may(CLEO) == [False, False, False]
    told.epoch(3, ADA, BEN, CLEO)
    assert told.may(CLEO) == [False, False, True]
    assert told.may(BEN) == [True, True, True]


def test_who_was_never_in_may_leave() -> None:
    told = Told(1)
    told.readers.left(CLEO)
    told.epoch(1, ADA, CLEO)
    assert told.may(CLEO) == [True]


def test_a_page_that_is_loaded_anew_is_the_same_device() -> None:
    told = Told(1, 2)
    told.epoch(1, ADA, BEN)
    anew = member("Ben anew", device="Ben")
    told.epoch(2, ADA, anew)
    assert told.may(anew) == [True, True]


def test_another_device_of_the_same_person_reads_from_its_own_beginning() -> None:
    told = Told(1, 2)
    told.epoch(1, ADA, BEN)
    phone = member("Ben", device="Ben's phone")
    told.epoch(2, ADA, BEN, phone)
    assert told.may(phone) == [False, True]


def test_an_unknown_epoch_comes_after_the_one_in_which_its_author_spoke_before() -> None:
    told = Told(1, 7, 7, 9)
    told.epoch(1, ADA, BEN)
    told.epoch(9, ADA, BEN, CLEO)
    assert told.may(BEN) == [True, True, True, True]
    assert told.may(CLEO) == [False, False, False, True]


def test_what_begins_in_an_unknown_epoch_is_for_nobody() -> None:
    told = Told(7, 7)
    told.epoch(9, ADA, BEN)
    assert told.may(BEN) == [False, False]


def test_an_epoch_may_be_number_zero() -> None:
    told = Told(0)
    told.epoch(0, ADA, BEN)
    assert (told.may(BEN), told.may(CLEO)) == ([True], [False])


@pytest.mark.parametrize(("later", "known"), [(EPOCHS_KNOWN - 1, True), (EPOCHS_KNOWN, False)])
def test_only_so_many_epochs_are_remembered(later: int, known: bool) -> None:
    told = Told(1)
    told.epoch(1, ADA, BEN)
    for n in range(2, 2 + later):
        told.epoch(n, ADA, BEN)
    assert told.may(BEN) == [known]


def test_who_entered_in_a_forgotten_epoch_still_reads_the_later_ones() -> None:
    told = Told(EPOCHS_KNOWN + 5)
    for n in range(1, EPOCHS_KNOWN + 6):
        told.epoch(n, ADA, BEN)
    assert told.may(BEN) == [True]


@pytest.mark.parametrize("count", [1, HISTORY_EVENTS, HISTORY_EVENTS + 1])
def test_where_a_history_is_kept_who_comes_later_reads_the_end_of_it(count: int) -> None:
    told = Told(*[1] * count, history=True)
    told.epoch(1, ADA, BEN)
    told.epoch(2, ADA, BEN, CLEO)
    assert told.may(CLEO) == [False] * (count - HISTORY_EVENTS) + [True] * min(count, HISTORY_EVENTS)
    assert told.may(BEN) == [True] * count


def test_the_history_is_the_end_of_what_all_said() -> None:
    told = Told(1, history=True)
    told.epoch(1, ADA)
    assert told.may(CLEO) == [True]
    ben = Author("Ben")
    for number in range(HISTORY_EVENTS):
        told.log.place(ben.say(clock=2 + number, kid=name(1)))
    assert told.may(CLEO) == [False]
    assert told.readers.may(CLEO, ben.said[0])


async def test_a_history_is_that_of_one_day() -> None:
    told = Told(1, history=True)
    told.epoch(1, ADA)
    await told.clock.advance(HISTORY_MS - 1)
    assert told.may(CLEO) == [True]
    await told.clock.advance(1)
    assert told.may(CLEO) == [False]


def test_where_none_is_kept_nobody_reads_the_end_of_it() -> None:
    told = Told(1, history=False)
    told.epoch(1, ADA)
    told.epoch(2, ADA, CLEO)
    assert told.may(CLEO) == [False]
