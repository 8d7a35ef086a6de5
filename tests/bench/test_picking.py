"""The report about letters, and its goals."""

from __future__ import annotations

from bench.goals import picking_goals
from bench.picking import Picking, picking_lines


def test_the_goals_are_the_worst_letter_the_usual_opening_and_late_frames() -> None:
    found = Picking([10.0] * 99 + [70.0], [20.0], [50.0, 60.0, 900.0], [16.7] * 49 + [26.0])
    assert [(goal.measured, goal.limit) for goal in picking_goals(found)] == [(70.0, 60), (60.0, 100), (2.0, 1)]
    assert "a processor as it is: 2.0 %, the longest 26 ms." in "\n".join(picking_lines(found))
    assert "| the picker opened | 60.0 |" in "\n".join(picking_lines(found))
