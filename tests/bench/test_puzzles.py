"""The row about puzzles: its goals are the mean and one of twenty."""

from __future__ import annotations

from bench.goals import puzzle_goals
from bench.puzzles import BITS, Puzzles, puzzle_lines


def test_the_goals_are_the_mean_and_one_of_twenty() -> None:
    found = Puzzles({bits: [1000.0] * 19 + [float(bits) * 1000] for bits in BITS})
    assert [(goal.measured, goal.limit) for goal in puzzle_goals(found)] == [(1.95, 2), (20.0, 2)]
    assert "| 14 | 1.65 | 14.00 |" in puzzle_lines(found)
