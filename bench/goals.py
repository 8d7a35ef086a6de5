"""What the project promises itself, and whether a run kept it."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.group.figures import CHANGED, GroupFigures
from bench.group.rounds import LINKED, OPERATIONS
from bench.kernels.compiled import ALGORITHMS
from bench.kernels.measured import KernelTimes
from bench.list.cost import p99 as p99_of
from bench.list.figures import ListFigures
from bench.log.figures import LogFigures
from bench.log.memory import growth
from bench.log.opening import opened_ms, p99
from bench.picking import Picking
from bench.pictures import Pictures
from bench.puzzles import BITS, Puzzles
from bench.rounds import Sides
from bench.size import ROOT, sizes
from bench.start import StartTimes
from bench.targets import Targets
from build.budget import Budgets


@dataclass(frozen=True)
class Goal:
    """A figure that must be at most `limit`, or at least that where more is better."""

    what: str
    measured: float
    limit: float
    more_is_better: bool = False

    @property
    def ratio(self) -> float:
        """What is used of what is allowed: up to 1 the goal is met."""
        return self.limit / self.measured if self.more_is_better else self.measured / self.limit

    @property
    def is_met(self) -> bool:
        return self.ratio <= 1


def goal_lines(goals: Sequence[Goal]) -> list[str]:
    """The part of the report."""
    rows = [
        f"| {goal.what} | {_figure(goal.measured)} | {'>=' if goal.more_is_better else '<='} {_figure(goal.limit)} "
        f"| {goal.ratio:.2f} | {'met' if goal.is_met else '**missed**'} |"
        for goal in goals
    ]
    met = sum(goal.is_met for goal in goals)
    return [
        f"Goals: {met} of {len(goals)} met. The ratio is what is used of what is allowed.",
        "",
        "| | measured | goal | ratio | |",
        "|---|---|---|---|---|",
        *rows,
    ]


def size_goals() -> list[Goal]:
    allowed = Budgets.read(ROOT).allowed
    return [Goal(f"{name}, gzipped", packed, allowed[name]) for name, (_, packed) in sizes().items()]


def talk_goals(sides: Sides) -> list[Goal]:
    ours, by_hand = sides.ours, sides.by_hand
    floor_ms = statistics.median(by_hand.first_message)
    there_and_back = statistics.median(ours.round_trip) / statistics.median(by_hand.round_trip)
    return [
        Goal("join to first message / by hand", statistics.median(ours.first_message) / floor_ms, 1.1),
        Goal("join to direct channel / by hand", statistics.median(ours.direct) / floor_ms, 1.4),
        Goal("there and back / by hand", there_and_back, 3),
    ]


def kernel_goals(kernels: Mapping[str, KernelTimes]) -> list[Goal]:
    found: list[Goal] = []
    for name, times in kernels.items():
        is_widget = name not in ALGORITHMS
        found.append(Goal(f"{name}: compiled / by hand", times.compiled / times.by_hand, 1.3 if is_widget else 1.5))
        if not is_widget:
            continue
        found.append(Goal(f"{name}: Brython / compiled", times.brython / times.compiled, 20, more_is_better=True))
    return found


def start_goal(start: StartTimes) -> Goal:
    return Goal("first button works / React's hello world", start.ratio, 1)


def wait_goals(reloads_ms: Sequence[float], build_s: float) -> list[Goal]:
    return [
        Goal("make build-cdn, warm, s", build_s, 5),
        Goal("dev page after a save, s", statistics.median(reloads_ms) / 1000, 1),
    ]


def target_goals(found: Targets) -> list[Goal]:
    return [Goal(*row) for row in found.seconds]


def list_goals(found: ListFigures) -> list[Goal]:
    ours = found.ours
    return [
        Goal("one more message among 10,000, p99, ms", p99_of(ours.full), 4),
        Goal("one more message among 10,000, slow processor, p99, ms", p99_of(ours.slow), 16),
        Goal("late frames at 100 messages a second, slow processor, %", ours.lively.late * 100, 1),
        Goal("elements wherever one scrolls", ours.reading.elements, 400),
        Goal("heap of the page after 50,000 messages / 10,000", found.heaps.growth, 1.05),
    ]


def picking_goals(found: Picking) -> list[Goal]:
    return [
        Goal("a letter behind a colon among 5,000 emotes, slow processor, p99, ms", p99_of(found.offers_ms), 60),
        Goal("the picker opened, slow processor, median, ms", statistics.median(found.opens_ms), 100),
        Goal("late frames while its 5,000 emotes are scrolled, %", found.late * 100, 1),
    ]


def picture_goals(found: Pictures) -> list[Goal]:
    what = "an emote that the browser has on screen after its message, median, ms"
    return [Goal(what, statistics.median(found.shown_ms), 100)]


def puzzle_goals(found: Puzzles) -> list[Goal]:
    hardest = BITS[-1]
    return [
        Goal(f"a puzzle of {hardest} bits, slow processor, mean, s", found.mean_s(hardest), 2),
        Goal(f"a puzzle of {hardest} bits, slow processor, p95, s", found.late_s(hardest), 2),
    ]


def log_goals(found: LogFigures) -> list[Goal]:
    return [
        Goal("300 messages at another page, s", statistics.median(found.bursts.ours) / 1000, 2),
        Goal("events fetched / signatures checked", found.fetching.ratio, 0.7, more_is_better=True),
        Goal("a room with a log of 5,000 opened, slow processor, ms", opened_ms(found.opening), 300),
        Goal("one more event among 5,000, p99, ms", p99(found.opening.last), 1),
        Goal("one more into the middle of 5,000, p99, ms", p99(found.opening.late), 1),
        Goal("at rest among 16, a minute, KiB", found.rest.kib, 15),
        Goal("heap of who hears 50,000 events / 10,000", growth(found.heaps.reader), 1.05),
        Goal("heap of who says 50,000 events / 10,000", growth(found.heaps.author), 1.05),
    ]


def group_goals(found: GroupFigures) -> list[Goal]:
    """Beside ts-mls the worst size counts. Of larger rooms a tree of keys may send less."""
    goals = [
        Goal(f"a change of the epoch at {CHANGED}, KiB", max(cost.bytes for cost in found.change()) / 1024, 30),
        Goal(f"a change of the epoch at {CHANGED}, ms", max(cost.ms for cost in found.change()), 150),
    ]
    for operation in (*OPERATIONS, LINKED):
        sizes = [each for each in found.compared() if each.operation == operation]
        goals.append(Goal(f"{operation}: ms / ts-mls", max(each.ms_ratio for each in sizes), 1))
        ratios = [each.bytes_ratio for each in sizes if each.members <= CHANGED]
        known = [ratio for ratio in ratios if ratio is not None]
        if len(known) > 0:
            goals.append(Goal(f"{operation}: bytes / ts-mls, up to {CHANGED}", max(known), 1))
    return goals


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}".removesuffix("0").removesuffix(".0")
