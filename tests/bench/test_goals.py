"""A run says which goals it met."""

from __future__ import annotations

from bench.goals import Goal, goal_lines, kernel_goals, talk_goals, wait_goals
from bench.kernels.measured import KernelTimes
from bench.rounds import Sides, Times


def test_a_goal_is_met_up_to_its_limit() -> None:
    assert [Goal("s", seconds, 5).is_met for seconds in (4.9, 5, 5.1)] == [True, True, False]
    assert [Goal("times", times, 20, more_is_better=True).is_met for times in (19.9, 20, 21)] == [False, True, True]


def test_a_run_prints_figure_goal_ratio_and_verdict() -> None:
    goals = [Goal("script", 51_022, 40_000), Goal("a: Brython / compiled", 120, 20, more_is_better=True)]
    assert goal_lines(goals) == [
        "Goals: 1 of 2 met. The ratio is what is used of what is allowed.",
        "",
        "| | measured | goal | ratio | |",
        "|---|---|---|---|---|",
        "| script | 51,022 | <= 40,000 | 1.28 | **missed** |",
        "| a: Brython / compiled | 120 | >= 20 | 0.17 | met |",
    ]


def test_speed_is_compared_with_what_is_written_by_hand_in_the_same_run() -> None:
    sides = Sides(Times([60.0, 90.0, 77.0], [35.0], [2.0]), Times([50.0, 50.0], [], [1.0]))
    assert [round(goal.ratio, 6) for goal in talk_goals(sides)] == [1.4, 0.5, round(2 / 3, 6)]
    kernels = kernel_goals({"codec": KernelTimes(1300, 1000, 26_000)})
    assert [(goal.what, goal.ratio) for goal in kernels] == [
        ("codec: compiled / by hand", 1.0),
        ("codec: Brython / compiled", 1.0),
    ]
    (found,) = kernel_goals({"nbody": KernelTimes(1500, 1000, 26_000)})
    assert (found.what, found.ratio) == ("nbody: compiled / by hand", 1.0)


def test_what_a_programmer_waits_for_has_goals_in_seconds() -> None:
    found = wait_goals([700.0, 900.0, 2000.0], 3.2)
    assert [(goal.measured, goal.is_met) for goal in found] == [(3.2, True), (0.9, True)]
