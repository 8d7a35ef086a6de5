"""The report of the rooms whose keys are timed, and its goals."""

from __future__ import annotations

from bench.goals import group_goals
from bench.group.figures import CHANGED, GroupFigures, group_lines
from bench.group.rounds import LINKED, OPERATIONS, Cost, Round, Rounds


def _figures() -> GroupFigures:
    def played(ms: float, size: float) -> Round:
        costs = {name: Cost(ms, size) for name in (*OPERATIONS, LINKED)}
        costs["open"] = Cost(ms)
        return Round(costs, Cost(100 * ms, 10_240 * size), Cost(50 * ms, 1), 7.5)

    few = Rounds(2, [played(1, 0)], [played(2, 0)])
    many = Rounds(CHANGED, [played(1, 4), played(3, 1), played(1, 2)], [played(2, 1)])
    return GroupFigures([few, many, Rounds(200, [played(5, 9)], [played(4, 1)])])


def test_beside_ts_mls_the_worst_size_counts_and_bytes_up_to_fifty() -> None:
    goals = {goal.what: (goal.measured, goal.is_met) for goal in group_goals(_figures())}
    times = {f"{name}: ms / ts-mls": (1.25, False) for name in (*OPERATIONS, LINKED)}
    sizes = {f"{name}: bytes / ts-mls, up to 50": (2.0, False) for name in (*OPERATIONS, LINKED) if name != "open"}
    change = {"a change of the epoch at 50, KiB": (20.0, True), "a change of the epoch at 50, ms": (100.0, True)}
    assert goals == {**times, **sizes, **change}


def test_the_report_has_a_row_for_each_operation_and_size() -> None:
    text = "\n".join(group_lines(_figures()))
    assert "for who enters: 100.0 ms of one core, 20.0 KiB; for who leaves: 50.0 ms, 0.0 KiB" in text
    assert "| seal | 50 | 1.00 | 2.00 | 0.50 | 2 | 1 | 2.00 |" in text
    assert "| open | 200 | 5.00 | 4.00 | 1.25 | | | |" in text
    assert text.count("\n| join") == 6
