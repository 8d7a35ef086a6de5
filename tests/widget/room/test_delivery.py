"""What "unheard", "sending", "sent" and "delivered" mean, case by case."""

from __future__ import annotations

import pytest

from widget.model import Delivery
from widget.room.delivery import DELIVERED_UP_TO, delivery_of

BEN, CLEO, DAN = "b1" * 16, "c1" * 16, "d1" * 16
CROWD = [f"{number:032x}" for number in range(DELIVERED_UP_TO)]


def far(readers: list[str], holders: list[str], here: list[str], before: Delivery = "sending") -> Delivery:
    return delivery_of(before, readers, holders, here)


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
