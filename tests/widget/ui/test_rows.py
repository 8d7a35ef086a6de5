"""Which rows of a long list are drawn, compared with adding up all heights each time."""

import random

import pytest

from widget.ui.rows import MANY, Rows

pytestmark = pytest.mark.no_cover

GUESS_PX = 40.0


def plain(keys: list[str], heights: dict[str, float]) -> list[float]:
    tops = [0.0]
    for key in keys:
        tops.append(tops[-1] + heights.get(key, GUESS_PX))
    return tops


@pytest.mark.parametrize("seed", range(20))
def test_tops_are_sums_whatever_comes_goes_and_is_measured(seed: int) -> None:
    chance = random.Random(seed)
    rows, heights, keys, number = Rows(GUESS_PX), dict[str, float](), list[str](), 0
    for _ in range(300):
        match chance.randrange(6):
            case 0 | 1:
                number += 1
                keys = [*keys, str(number)]
            case 2:
                number += 1
                keys = [*keys[chance.randrange(3) :], str(number)]
            case 3:
                number += 1
                place = chance.randrange(len(keys) + 1)
                keys = [*keys[:place], str(number), *keys[place:]]
            case 4:
                keys = [key for key in keys if chance.random() < 0.97]
            case _:
                sizes = {key: chance.randrange(20, 300) / 2 for key in keys if chance.random() < 0.2}
                heights.update(sizes)
                rows.sync(keys)
                rows.measure(sizes)
        rows.sync(keys)
        tops = plain(keys, heights)
        assert [rows.top_px(place) for place in range(len(keys) + 1)] == pytest.approx(tops)
        assert [rows.place_of(key) for key in keys] == list(range(len(keys)))
        if keys:
            px = chance.uniform(-50, tops[-1] + 50)
            at = rows.at_px(px)
            assert tops[at] <= max(px, 0) or at == 0
            assert at == len(keys) - 1 or px < tops[at + 1]


def test_a_full_room_is_not_counted_anew_with_each_message() -> None:
    """The work of one more message is that of the rows that are new: tops are kept."""
    rows = Rows(GUESS_PX)
    keys = [str(number) for number in range(5000)]
    rows.sync(keys)
    rows.top_px(5000)
    right = rows._right
    rows.sync([*keys[1:], "5000"])
    assert rows._right == right
    assert rows.top_px(5000) == 5000 * GUESS_PX


def test_no_rows_are_drawn_of_none() -> None:
    assert Rows(GUESS_PX).around(0, 600) == (0, 0)


def test_half_a_view_is_drawn_around_what_is_in_sight() -> None:
    rows = Rows(GUESS_PX)
    rows.sync([str(number) for number in range(1000)])
    assert rows.around(4000, 400) == (95, 116)
    assert rows.around(0, 400) == (0, 16)
    assert rows.around(39_600, 400) == (985, 1000)


def test_however_small_a_view_is_the_next_rows_are_there_for_the_keyboard() -> None:
    rows = Rows(GUESS_PX)
    rows.sync([str(number) for number in range(1000)])
    assert rows.around(4000, 40) == (96, 106)


def test_nothing_is_kept_of_rows_that_are_gone() -> None:
    """A full room goes on for days: what is noted of its rows is as much as it has rows."""
    rows = Rows(GUESS_PX)
    keys = [str(number) for number in range(MANY)]
    for first in range(0, 10 * MANY, 50):
        keys = [str(number) for number in range(first, first + MANY)]
        rows.sync(keys)
        rows.measure(dict.fromkeys(keys, 50.0))
        rows.top_px(MANY)
        assert len(rows._tops_px) <= 3 * MANY
        assert rows.keys == keys
        assert set(rows._heights_px) == set(keys)
    assert rows.place_of("0") is None
    rows.sync(["a", *keys[100:]])  # no row of before at its beginning
    assert rows.keys == ["a", *keys[100:]]
    assert set(rows._heights_px) == set(keys[100:])


def test_what_stands_above_a_change_is_not_counted_anew() -> None:
    rows = Rows(GUESS_PX)
    keys = [str(number) for number in range(1000)]
    rows.sync(keys)
    rows.measure(dict.fromkeys(keys, 50.0))
    rows.top_px(1000)
    rows.measure({"900": 50.0})
    assert rows._right == 1000, "nothing is new"
    rows.measure({"900": 60.0})
    assert rows._right == 900
    rows.top_px(1000)
    rows.sync([*keys[:800], "between", *keys[800:]])
    assert rows._right == 800
    assert rows.top_px(1001) == 1000 * 50.0 + 10 + GUESS_PX
