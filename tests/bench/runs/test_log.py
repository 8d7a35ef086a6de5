"""The figures of the log count what they say they count."""

from __future__ import annotations

import pytest

from bench.goals import log_goals
from bench.log.burst import Bursts
from bench.log.fetching import Fetching
from bench.log.figures import LogFigures, log_lines
from bench.log.memory import Heaps, growth, heaps
from bench.log.opening import Opening, opened_ms
from bench.log.resting import Rest, rest_of_room

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover

FIGURES = LogFigures(
    Bursts([400.0, 600.0, 500.0], [20.0, 30.0, 25.0]),
    Fetching([3_000.0, 4_000.0], [6_000.0, 5_000.0]),
    Opening([[110.0, 40.0], [220.0, 80.0], [330.0, 120.0]], [0.5] * 99 + [2.0], [0.25] * 100),
    Heaps([20, 25, *[10] * 48], [20] * 50),
    Rest(channels=15 * 1024.0, service=128.0, kinds={"STATE": 15 * 1024.0}, packets=300.0),
)


def test_a_room_at_rest_is_counted_by_kind_and_the_same_each_time() -> None:
    rest, again = rest_of_room(members=3, minutes=2), rest_of_room(members=3, minutes=2)
    assert rest == again
    assert rest.channels == sum(rest.kinds.values())
    assert list(rest.kinds) == ["STATE"]  # a new kind at rest has to be thought about
    assert rest.packets > 0
    assert rest.service > 0


def test_memory_is_weighed_of_who_hears_and_of_who_says() -> None:
    found = heaps(events=600, each=200)
    for side in (found.reader, found.author):
        assert len(side) == 3
        assert 0 < side[0] < side[2]


def test_growth_is_of_the_most_not_of_where_a_run_happens_to_end() -> None:
    sawtooth = [10, 12, 14, 16, 18] * 10
    assert growth(sawtooth) == 1.0
    assert growth([*sawtooth[:-3], 27, 12, 14]) == 1.5


def test_every_figure_has_its_goal() -> None:
    goals = {goal.what: (goal.measured, goal.is_met) for goal in log_goals(FIGURES)}
    assert goals == {
        "300 messages at another page, s": (0.5, True),
        "events fetched / signatures checked": (pytest.approx(0.65), False),
        "a room with a log of 5,000 opened, slow processor, ms": (300.0, True),
        "one more event among 5,000, p99, ms": (2.0, False),
        "one more into the middle of 5,000, p99, ms": (0.25, True),
        "at rest among 16, a minute, KiB": (15.0, True),
        "heap of who hears 50,000 events / 10,000": (1.0, True),
        "heap of who says 50,000 events / 10,000": (1.0, True),
    }


def test_opening_is_the_sum_of_its_steps_and_the_report_shows_each() -> None:
    assert opened_ms(FIGURES.opening) == 300.0
    text = "\n".join(log_lines(FIGURES))
    assert "300 (read 220, drawn 80), median of 3" in text
    assert "15.00 in 300 packets" in text
