"""`python -m bench`: sizes and speed, printed and appended to bench/RESULTS.md."""

from __future__ import annotations

import argparse
import asyncio
import functools
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import async_playwright
from starlette.applications import Starlette

from bench import floor, peerjs
from bench.building import build_times, reload_times
from bench.goals import (
    Goal,
    goal_lines,
    group_goals,
    kernel_goals,
    list_goals,
    log_goals,
    picking_goals,
    picture_goals,
    puzzle_goals,
    size_goals,
    start_goal,
    talk_goals,
    target_goals,
    wait_goals,
)
from bench.group.figures import GroupFigures, group_figures, group_lines
from bench.hosting import hosting_costs, hosting_goals, hosting_lines
from bench.kernels.measured import KernelTimes, kernel_times
from bench.list.figures import Length, list_figures, list_lines
from bench.log.figures import LogFigures, counted, log_figures, log_lines
from bench.machine import machine
from bench.peers.figures import peer_figures
from bench.peers.table import peer_lines
from bench.picking import picking, picking_lines
from bench.pictures import picture_lines, pictures
from bench.puzzles import puzzle_lines, puzzle_script, puzzles
from bench.relaying import relay_figures, relay_goals, relay_lines
from bench.rounds import Sides, other_round, our_round
from bench.sign_ins import sign_in_costs, sign_in_lines
from bench.size import sizes
from bench.start import StartTimes, start_lines, start_times
from bench.targets import Targets, target_lines, target_times
from examples.demo.server import HOST, listen, port_of, serving
from tests.browser.conftest import FLAGS, find_browser
from tests.browser.dom_tab import dom_script
from tests.browser.site import Site, running_site
from tests.fakes.redis_server import running_redis

RESULTS = Path(__file__).with_name("RESULTS.md")
WARM_UP = 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parts = (
        "talk", "log", "group", "sign-ins", "puzzles", "hosting", "relaying", "start", "list", "picking", "pictures",
        "peers",
    )  # fmt: skip
    parser.add_argument("part", nargs="?", choices=parts, help="only that, append nothing")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--dry", action="store_true", help="print, append nothing")
    options = parser.parse_args()
    busy = os.getloadavg()[0]
    if options.part == "talk":
        lines, goals = talk_part(options.rounds, busy)
    elif options.part == "log":
        lines, goals = log_part(options.rounds, busy)
    elif options.part == "group":
        lines, goals = group_part(options.rounds, busy)
    elif options.part == "sign-ins":
        lines, goals = [title(busy), "", *sign_in_lines(sign_in_costs(options.rounds))], []
    elif options.part == "puzzles":
        lines, goals = puzzles_part(options.rounds, busy)
    elif options.part == "hosting":
        lines, goals = hosting_part(busy)
    elif options.part == "relaying":
        lines, goals = relaying_part(options.rounds, busy)
    elif options.part == "start":
        lines, goals = start_part(options.rounds, busy)
    elif options.part == "list":
        lines, goals = list_part(busy)
    elif options.part == "picking":
        lines, goals = picking_part(options.rounds, busy)
    elif options.part == "pictures":
        lines, goals = pictures_part(options.rounds, busy)
    elif options.part == "peers":
        lines, goals = [title(busy), "", *peer_lines(peer_figures())], []
    else:
        lines, goals = everything(options.rounds, busy)
    text = "\n".join([*lines, "", *goal_lines(goals)])
    print(text)
    if not options.dry and options.part is None:
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write("\n" + text + "\n")
    return 0


def talk_part(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    """What two pages do with each other."""
    with demo_site() as site:
        sides = asyncio.run(measure(site, rounds))
    return report(sides, rounds, busy), talk_goals(sides)


def log_part(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    figures = measure_log(rounds)
    return [title(busy), "", *log_lines(figures)], log_goals(figures)


def group_part(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    figures = measure_group(rounds)
    return [title(busy), "", *group_lines(figures)], group_goals(figures)


def hosting_part(busy: float) -> tuple[list[str], list[Goal]]:
    costs = hosting_costs()
    return [title(busy), "", *hosting_lines(costs)], hosting_goals(costs)


def relaying_part(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    figures = relay_figures(rounds)
    return [title(busy), "", *relay_lines(figures)], relay_goals(figures)


def start_part(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    with demo_site() as site:
        waits = asyncio.run(measure_starts(site, rounds))
    goals = [start_goal(waits.start), *target_goals(waits.targets)]
    return [title(busy), "", *start_lines(waits.start), "", *target_lines(waits.targets)], goals


def list_part(busy: float) -> tuple[list[str], list[Goal]]:
    figures = asyncio.run(list_figures(Length()))
    return [title(busy), "", *list_lines(figures)], list_goals(figures)


@functools.cache
def our_screens() -> bytes:
    """The script with the screens alone, for all parts that want it."""
    with tempfile.TemporaryDirectory() as folder:
        return dom_script(Path(folder))


def picking_part(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    figures = asyncio.run(picking(our_screens(), rounds))
    return [title(busy), "", *picking_lines(figures)], picking_goals(figures)


def pictures_part(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    figures = asyncio.run(pictures(our_screens(), rounds))
    return [title(busy), "", *picture_lines(figures)], picture_goals(figures)


def puzzles_part(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    figures = asyncio.run(puzzles(puzzle_script(), rounds))
    return [title(busy), "", *puzzle_lines(figures)], puzzle_goals(figures)


def everything(rounds: int, busy: float) -> tuple[list[str], list[Goal]]:
    kernels = kernel_times()
    peers = peer_figures()
    built = build_times()
    with demo_site() as site:
        waits = asyncio.run(measure_waits(site, rounds))
        sides = asyncio.run(measure(site, rounds))
    lists = asyncio.run(list_figures(Length()))
    picked = asyncio.run(picking(our_screens(), rounds))
    shown = asyncio.run(pictures(our_screens(), rounds))
    figures = measure_log(rounds)
    group = measure_group(rounds)
    sign_ins = sign_in_costs(rounds)
    solved = asyncio.run(puzzles(puzzle_script(), rounds))
    costs = hosting_costs()
    relaying = relay_figures(rounds)
    goals = [*size_goals(), *talk_goals(sides), *kernel_goals(kernels)]
    goals += [start_goal(waits.starts.start), *target_goals(waits.starts.targets)]
    goals += [*wait_goals(waits.reloads, built[0]), *list_goals(lists), *log_goals(figures), *group_goals(group)]
    goals += [*hosting_goals(costs), *relay_goals(relaying), *picking_goals(picked), *picture_goals(shown)]
    goals += puzzle_goals(solved)
    lines = [*report(sides, rounds, busy), *kernel_lines(kernels), "", *peer_lines(peers)]
    lines += ["", *wait_lines(waits, built), "", *list_lines(lists), "", *picking_lines(picked)]
    lines += ["", *picture_lines(shown), "", *sign_in_lines(sign_ins), "", *puzzle_lines(solved)]
    lines += ["", *log_lines(figures), "", *group_lines(group), "", *hosting_lines(costs), "", *relay_lines(relaying)]
    return lines, goals


def measure_log(rounds: int) -> LogFigures:
    """A round of it takes longer than one of talking, and tells more."""
    found = counted()
    with demo_site() as site:
        return asyncio.run(log_figures(site, max(1, rounds // 2), found))


def measure_group(rounds: int) -> GroupFigures:
    return asyncio.run(group_figures(rounds))


@contextmanager
def demo_site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as keys, running_redis() as redis, running_site(Path(keys), redis.url) as site:
        yield site


@dataclass(frozen=True)
class Starts:
    start: StartTimes
    targets: Targets


@dataclass(frozen=True)
class Waits:
    """What a visitor waits for; in milliseconds, the dev page's first load, and its reloads after a save."""

    starts: Starts
    first: float
    reloads: list[float]


async def measure_starts(site: Site, rounds: int) -> Starts:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        found = Starts(await start_times(browser, site, rounds), await target_times(browser, site, max(1, rounds // 2)))
        await browser.close()
    return found


async def measure_waits(site: Site, rounds: int) -> Waits:
    starts = await measure_starts(site, rounds)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        first, reloads = await reload_times(browser, site.service_key, 5)
        await browser.close()
    return Waits(starts, first, reloads)


async def measure(site: Site, rounds: int) -> Sides:
    """Rounds of all sides in turn, so that all meet the same machine; the first ones are not counted."""
    sides = Sides()
    listener = listen(0)
    origin = f"http://{HOST}:{port_of(listener)}"
    pages = Starlette(routes=[*floor.routes(), *peerjs.routes()])
    with serving(pages, listener), peerjs.running_peer_server() as peer_port:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            for number in range(WARM_UP + rounds):
                to = sides if number >= WARM_UP else Sides()
                await other_round(browser, f"{origin}/floor", f"room{number}", to.by_hand)
                await other_round(browser, f"{origin}/peerjs?port={peer_port}", f"room{number}", to.peerjs)
                await our_round(browser, site, number, to.ours)
                print(f"bench: round {number + 1} of {WARM_UP + rounds}", file=sys.stderr)
            await browser.close()
    return sides


def title(busy: float) -> str:
    """`busy` is the load average before the run: above the number of cores the figures say little."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    return f"## {today}: {machine()}, load {busy:.1f}"


def report(sides: Sides, rounds: int, busy: float) -> list[str]:
    lines = [title(busy), "", "| | gzipped bytes | bytes |", "|---|---|---|"]
    lines += [f"| {name} | {packed:,} | {plain:,} |" for name, (plain, packed) in sizes().items()]
    lines += ["", f"Chromium, two pages, median of {rounds} interleaved rounds in fresh contexts, ms:", ""]
    lines += ["| | ours | by hand | ratio | PeerJS |", "|---|---|---|---|---|"]
    ours, by_hand, peer = sides.ours, sides.by_hand, sides.peerjs
    for label, *times in (
        ("join to first message delivered", ours.first_message, by_hand.first_message, peer.first_message),
        ("join to direct channel", ours.direct, by_hand.first_message, peer.first_message),
        ("there and back", ours.round_trip, by_hand.round_trip, peer.round_trip),
    ):
        here, there, elsewhere = [statistics.median(side) for side in times]
        lines.append(f"| {label} | {here:.1f} | {there:.1f} | {here / there:.2f} | {elsewhere:.1f} |")
    return lines


def kernel_lines(kernels: dict[str, KernelTimes]) -> list[str]:
    rows = [
        f"| {name} | {times.compiled / 1000:.2f} | {times.by_hand / 1000:.2f} | {times.compiled / times.by_hand:.2f} "
        f"| {times.brython / times.compiled:,.0f} |"
        for name, times in kernels.items()
    ]
    return [
        "",
        "Kernels in Node, microseconds of processor time for one time, median:",
        "",
        "| | compiled | by hand | compiled / by hand | Brython / compiled |",
        "|---|---|---|---|---|",
        *rows,
    ]


def wait_lines(waits: Waits, built: tuple[float, float]) -> list[str]:
    reloads = statistics.median(waits.reloads)
    return [
        *start_lines(waits.starts.start),
        "",
        *target_lines(waits.starts.targets),
        "",
        f"`make build-cdn`, warm: {built[0]:.1f} s, of the processor {built[1]:.1f} s. Dev page: first load "
        f"{waits.first / 1000:.1f} s, after a save {reloads / 1000:.2f} s, median of {len(waits.reloads)}.",
    ]


if __name__ == "__main__":
    sys.exit(main())
