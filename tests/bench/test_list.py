"""The figures of the list count what they say they count."""

from __future__ import annotations

from typing import Any

from bench.goals import list_goals
from bench.list.cost import MARK, spent_ms
from bench.list.figures import ListFigures, Side, list_lines
from bench.list.heap import ListHeaps
from bench.list.lively import Lively
from bench.list.reading import Reading

LIST = Side([2.0] * 99 + [5.0], [9.0] * 100, Lively([16.0] * 98 + [26.0] * 2), Reading(9_000.0, 30.0, 399), [2.5])


def event(name: str, start: int, lasts: int, thread: int = 1) -> dict[str, Any]:
    return {"name": name, "ph": "X", "pid": 1, "tid": thread, "tts": start, "tdur": lasts}


def test_work_counts_once_for_the_message_it_follows() -> None:
    marks = [{"name": MARK, "ph": "I", "pid": 1, "tid": 1, "tts": at} for at in (1_000, 50_000)]
    work = [
        event("FunctionCall", 0, 900),  # before the first
        event("FireAnimationFrame", 2_000, 4_000),
        event("Layout", 3_000, 1_000),  # inside of that
        event("UpdateLayoutTree", 7_000, 500),
        event("Paint", 8_000, 20_000),  # not what is asked for
        event("FunctionCall", 9_000, 8_000, thread=2),
        event("TimerFire", 60_000, 1_000),
    ]
    assert spent_ms([*marks, *work]) == [4.5, 1.0]


def test_each_goal_has_its_figure() -> None:
    figures = ListFigures({"ours": LIST}, ListHeaps([1_000_000, 1_020_000, 1_040_000], [100] * 3))
    assert [(goal.measured, goal.is_met) for goal in list_goals(figures)] == [
        (5.0, False),
        (9.0, True),
        (2.0, False),
        (399, True),
        (1.04, True),
    ]
    assert "| ours | 2.00, 5.00 | 9.00, 9.00 | 2.0% | 26 | 399 | 9.0 | 30 | 2.50 |" in list_lines(figures)
