"""All figures of the log, in one run."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from playwright.async_api import Browser, async_playwright
from starlette.applications import Starlette

from bench import floor
from bench.log.burst import Bursts, burst_lines, burst_round
from bench.log.fetching import Fetching, fetching_lines, fetching_times
from bench.log.memory import Heaps, heaps, memory_lines
from bench.log.opening import Opening, opening_lines, opening_times
from bench.log.resting import Rest, rest_lines, rest_of_room
from examples.demo.server import HOST, listen, port_of, serving
from tests.browser.conftest import FLAGS, find_browser
from tests.browser.site import Site

WARM_UP = 1


@dataclass(frozen=True)
class LogFigures:
    """What each module of this package finds."""

    bursts: Bursts
    fetching: Fetching
    opening: Opening
    heaps: Heaps
    rest: Rest


@dataclass(frozen=True)
class Counted:
    """What needs no browser."""

    heaps: Heaps
    rest: Rest


def counted() -> Counted:
    print("bench: the log, heaps and rest", file=sys.stderr)
    return Counted(heaps(), rest_of_room())


async def log_figures(site: Site, rounds: int, found: Counted) -> LogFigures:
    """`found` has been counted before: it keeps a loop of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        print("bench: the log, pages", file=sys.stderr)
        bursts = await _bursts(browser, site, rounds)
        fetching = await fetching_times(browser, site, rounds)
        opening = await opening_times(browser, rounds)
        await browser.close()
    return LogFigures(bursts, fetching, opening, found.heaps, found.rest)


async def _bursts(browser: Browser, site: Site, rounds: int) -> Bursts:
    times = Bursts()
    listener = listen(0)
    address = f"http://{HOST}:{port_of(listener)}/floor"
    with serving(Starlette(routes=floor.routes()), listener):
        for number in range(WARM_UP + rounds):
            await burst_round(browser, site, address, number, times if number >= WARM_UP else Bursts())
    return times


def log_lines(figures: LogFigures) -> list[str]:
    """The part of the report."""
    return [
        "The log of a room:",
        "",
        *burst_lines(figures.bursts),
        "",
        *fetching_lines(figures.fetching),
        "",
        *opening_lines(figures.opening),
        "",
        *rest_lines(figures.rest),
        "",
        *memory_lines(figures.heaps),
    ]
