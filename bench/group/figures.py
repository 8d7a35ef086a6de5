"""What keys of a group cost, at four sizes: ours and ts-mls in turn, and the part of the report."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.async_api import Browser, async_playwright
from starlette.applications import Starlette

from bench.group.page import RoomsPage, open_page, routes
from bench.group.rounds import FOLLOWED, LINKED, OPERATIONS, Cost, Round, Rounds, play_round
from examples.demo.server import HOST, listen, port_of, serving
from tests.browser.conftest import FLAGS, find_browser

ROOMS = {2: 16, 16: 4, 50: 2, 200: 1}  # by the number of members: a step of many small rooms is long enough to be timed
CHANGED = 50  # the size at which a change of the epoch has goals of its own
WARM_UP = 1
SIDES = ("ours", "mls")


@dataclass(frozen=True)
class Compared:
    """The medians of an operation at one size."""

    operation: str
    members: int
    ours: Cost
    mls: Cost

    @property
    def ms_ratio(self) -> float:
        return self.ours.ms / self.mls.ms

    @property
    def bytes_ratio(self) -> float | None:
        """None where nobody has to be sent anything."""
        return self.ours.bytes / self.mls.bytes if self.mls.bytes > 0 else None


@dataclass(frozen=True)
class GroupFigures:
    """By the number of members."""

    sizes: list[Rounds]

    def compared(self) -> list[Compared]:
        return [
            Compared(operation, size.members, _middle(size.ours, operation), _middle(size.mls, operation))
            for operation in (*OPERATIONS, LINKED)
            for size in self.sizes
        ]

    def change(self) -> list[Cost]:
        """(who enters, who leaves) at CHANGED members: all of them together."""
        rounds = next(size.ours for size in self.sizes if size.members == CHANGED)
        return [_median([each.entered for each in rounds]), _median([each.left for each in rounds])]

    def busiest_ms(self) -> float:
        rounds = next(size.ours for size in self.sizes if size.members == CHANGED)
        return statistics.median([each.busiest_ms for each in rounds])


async def group_figures(rounds: int, rooms: dict[int, int] = ROOMS) -> GroupFigures:
    listener = listen(0)
    with serving(Starlette(routes=routes()), listener):
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            origin = f"http://{HOST}:{port_of(listener)}"
            found = [await _size(browser, origin, members, count, rounds) for members, count in rooms.items()]
            await browser.close()
    return GroupFigures(found)


async def _size(browser: Browser, origin: str, members: int, rooms: int, rounds: int) -> Rounds:
    """A page of its own for each size; the first rounds are not counted."""
    print(f"bench: keys of {members} members", file=sys.stderr)
    found = Rounds(members)
    page = await open_page(browser, origin)
    for side in SIDES:
        await page.fill(side, rooms, members - 1, FOLLOWED)
    for number in range(WARM_UP + rounds):
        await _both(page, number, found if number >= WARM_UP else Rounds(members))
    await page.close()
    return found


async def _both(page: RoomsPage, number: int, to: Rounds) -> None:
    for side in SIDES if number % 2 == 0 else reversed(SIDES):
        to.of(side).append(await play_round(page, side, to.members))


def _middle(rounds: Sequence[Round], operation: str) -> Cost:
    return _median([each.costs[operation] for each in rounds])


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median([cost.ms for cost in costs]), statistics.median([cost.bytes for cost in costs]))


def group_lines(found: GroupFigures) -> list[str]:
    """The part of the report."""
    entered, left = found.change()
    rounds = len(found.sizes[0].ours)
    return [
        "The group's keys:",
        "",
        f"A change of the epoch at {CHANGED} members, all of them together, for who enters: {entered.ms:.1f} ms of one "
        f"core, {entered.bytes / 1024:.1f} KiB; for who leaves: {left.ms:.1f} ms, {left.bytes / 1024:.1f} KiB. The "
        f"busiest member: {found.busiest_ms():.1f} ms.",
        "",
        f"Beside ts-mls in one Chromium, milliseconds of one core and bytes, median of {rounds} interleaved rounds:",
        "",
        "| | members | ours, ms | ts-mls, ms | ratio | ours, bytes | ts-mls, bytes | ratio |",
        "|---|---|---|---|---|---|---|---|",
        *[_row(each) for each in found.compared()],
    ]


def _row(each: Compared) -> str:
    ours, mls = each.ours, each.mls
    ratio = each.bytes_ratio
    times = f"{ours.ms:,.2f} | {mls.ms:,.2f} | {each.ms_ratio:.2f}"
    sizes = "| | | |" if ratio is None else f"| {ours.bytes:,.0f} | {mls.bytes:,.0f} | {ratio:.2f} |"
    return f"| {each.operation} | {each.members} | {times} {sizes}"
