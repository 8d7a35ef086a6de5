"""What "unheard", "sending", "sent" and "delivered" mean, case by case."""

from __future__ import annotations

import pytest

from widget.model import Delivery
from widget.room.delivery import DELIVERED_UP_TO, delivery_of

BEN, CLEO, DAN = "b1" * 16, "c1" * 16, "d1" * 16
BENS_PHONE, BENS_TABLET = "b2" * 16, "b3" * 16
CROWD = [f"{number:032x}" for number in range(DELIVERED_UP_TO)]


def far(readers: list[str], holders: list[str], here: list[str], before: Delivery = "sending") -> Delivery:
    """Who begins with the same letter is the same person; nobody of the crowd is."""
    people = {sid: sid if sid in CROWD else sid[0] for sid in here}
    return delivery_of(before, readers, holders, people)


@pytest.mark.parametrize("before", ["sending", "unheard"])
def test_alone_nobody_hears_it(before: Delivery) -> None:
    assert far([], [], [], before) == "unheard"
    assert far([BEN], [], [], before) == "unheard"


def test_who_comes_later_makes_nothing_heard_before_he_has_it() -> None:
    assert far([], [], [BEN], "unheard") == "unheard"
    assert far([], [], [BEN, CLEO], "unheard") == "unheard"
    assert far([], [BEN], [BEN], "unheard") == "sent"


@pytest.mark.parametrize(
    ("readers", "holders", "here", "word"),
    [
        ([BEN], [], [BEN], "sending"),
        ([BEN], [BEN], [BEN], "delivered"),
        ([BEN, CLEO], [], [BEN, CLEO], "sending"),
        ([BEN, CLEO], [BEN], [BEN, CLEO], "sending"),
        ([BEN, CLEO], [BEN, CLEO], [BEN, CLEO], "delivered"),
        ([BEN, CLEO, DAN], [BEN, CLEO], [BEN, CLEO, DAN], "sent"),
        ([BEN, CLEO, DAN], [BEN, CLEO, DAN], [BEN, CLEO, DAN], "delivered"),
    ],
    ids=["nobody", "the only other", "none of two", "one of two", "both", "two of three", "all three"],
)
def test_it_takes_two_or_the_only_other(
    readers: list[str], holders: list[str], here: list[str], word: Delivery
) -> None:
    assert far(readers, holders, here) == word


def test_who_left_is_not_waited_for() -> None:
    assert far([BEN, CLEO], [BEN], [BEN]) == "delivered"
    assert far([BEN, CLEO, DAN], [BEN, CLEO], [BEN, CLEO]) == "delivered"


def test_who_left_does_not_count_as_one_who_has_it() -> None:
    assert far([BEN, CLEO, DAN], [BEN, CLEO], [BEN, DAN]) == "sending"
    assert far([BEN], [BEN], []) == "unheard"


def test_who_came_later_counts_and_is_not_waited_for() -> None:
    assert far([BEN, CLEO], [BEN, DAN], [BEN, CLEO, DAN]) == "sent"
    assert far([BEN], [BEN], [BEN, DAN]) == "delivered"


def test_two_sessions_of_one_person_are_one_who_says_so() -> None:
    bens = [BEN, BENS_PHONE, BENS_TABLET]
    assert far([*bens, CLEO], bens, [*bens, CLEO]) == "sending"
    assert far([*bens, CLEO, DAN], [BENS_PHONE, CLEO], [*bens, CLEO, DAN]) == "sent"
    assert far([CLEO, DAN], bens, [*bens, CLEO, DAN]) == "sending"


def test_the_only_other_may_have_several_sessions_here() -> None:
    assert far([BEN, BENS_PHONE], [BENS_PHONE], [BEN, BENS_PHONE]) == "sent"
    assert far([BEN, BENS_PHONE], [BEN, BENS_PHONE], [BEN, BENS_PHONE]) == "delivered"


def test_where_all_readers_left_the_only_other_is_enough() -> None:
    assert far([BEN], [DAN], [DAN]) == "sent"
    assert far([BEN], [], [DAN]) == "sending"


@pytest.mark.parametrize(
    ("count", "word"), [(DELIVERED_UP_TO - 1, "delivered"), (DELIVERED_UP_TO, "sent")], ids=["16 people", "17 people"]
)
def test_in_larger_rooms_nobody_waits_for_all(count: int, word: Delivery) -> None:
    crowd = CROWD[:count]
    assert far(crowd, crowd, crowd) == word


def test_in_larger_rooms_two_are_enough() -> None:
    assert far(CROWD, CROWD[:1], CROWD) == "sending"
    assert far(CROWD, CROWD[:2], CROWD) == "sent"


@pytest.mark.parametrize("before", ["sent", "delivered"])
@pytest.mark.parametrize("holders", [[], [BEN]])
@pytest.mark.parametrize("here", [[], [BEN, CLEO], [BEN, CLEO, DAN]])
def test_what_was_reached_is_not_taken_back(before: Delivery, holders: list[str], here: list[str]) -> None:
    assert far([BEN, CLEO], holders, here, before) == before


def test_what_was_sent_may_still_become_delivered() -> None:
    assert far([BEN, CLEO, DAN], [BEN, CLEO, DAN], [BEN, CLEO, DAN], "sent") == "delivered"
