"""All figures of the list, in one run."""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass, field

from playwright.async_api import Browser, async_playwright

from bench.list.cost import message_costs, p99
from bench.list.heap import STEPS, ListHeaps, list_heaps
from bench.list.lively import LASTS_MS, LATE_MS, PER_S, SLOWER, Lively, lively_room
from bench.list.page import MESSAGES, OURS, RIVALS, SIDES, list_origins, list_page
from bench.list.reading import Reading, reading_back
from tests.browser.conftest import FLAGS, find_browser


@dataclass(frozen=True)
class Side:
    """`full` and `slow` are what one message costs, in milliseconds, at full speed and at a quarter of it."""

    full: list[float]
    slow: list[float]
    lively: Lively
    reading: Reading
    at_first: list[float]


@dataclass(frozen=True)
class ListFigures:
    """Heaps are of ours."""

    sides: dict[str, Side] = field(default_factory=dict)
    heaps: ListHeaps = field(default_factory=ListHeaps)

    @property
    def ours(self) -> Side:
        return self.sides[OURS]


@dataclass(frozen=True)
class Length:
    """Of a run: messages in the room, messages that are timed, how long the room is lively, what comes for the heap."""

    messages: int = MESSAGES
    costs: int = 200
    lasts_ms: int = LASTS_MS
    steps: tuple[int, ...] = STEPS


async def list_figures(length: Length, sides: tuple[str, ...] = SIDES) -> ListFigures:
    found = ListFigures()
    with list_origins(sides) as origins:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            for side in sides:
                print(f"bench: the list, {side}", file=sys.stderr)
                found.sides[side] = await _side(browser, origins[side], length)
            async with list_page(browser, origins[OURS], 0) as page:
                await list_heaps(page, found.heaps, length.steps)
            await browser.close()
    return found


async def _side(browser: Browser, origin: str, length: Length) -> Side:
    async with list_page(browser, origin, length.messages) as page:
        full = await message_costs(browser, page, 1, length.costs)
        slow = await message_costs(browser, page, SLOWER, length.costs)
        lively = await lively_room(page, length.lasts_ms)
        reading = await reading_back(page)
        at_first = await message_costs(browser, page, 1, max(1, length.costs // 10))
    return Side(full, slow, lively, reading, at_first)


def list_lines(found: ListFigures) -> list[str]:
    """The part of the report."""
    rows = [
        f"| {RIVALS.get(name, 'ours')} | {_pair(side.full)} | {_pair(side.slow)} | {side.lively.late:.1%} "
        f"| {side.lively.longest_ms:.0f} | {side.reading.elements:,} | {side.reading.back_ms / 1000:.1f} "
        f"| {side.reading.home_ms:.0f} | {statistics.median(side.at_first):.2f} |"
        for name, side in found.sides.items()
    ]
    heaps = [f"{size / 2**20:.1f} MiB after {step:,}" for step, size in zip(STEPS, found.heaps.bytes, strict=False)]
    return [
        f"A room with {MESSAGES:,} messages in Chromium. One more: ms of script, style and layout, median and p99 of "
        f"{len(found.ours.full)} that come alone, at full speed and at a {SLOWER}th of it. Then {PER_S} a second for "
        f"{LASTS_MS // 1000} s at a {SLOWER}th: frames that take over {LATE_MS} ms, and the longest in ms. "
        "Then back to the first message at full speed: the most elements of the chat on the way, seconds by the wheel, "
        "ms by Home, and the median of one more message while one reads there.",
        "",
        "| | one more, full | slow | late frames | longest | elements | back, s | Home, ms | one more there |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        f"JavaScript's heap of ours, after a collection: {', '.join(heaps)}.",
    ]


def _pair(costs: list[float]) -> str:
    return f"{statistics.median(costs):.2f}, {p99(costs):.2f}"
