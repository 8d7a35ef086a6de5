"""How long a phone works on a puzzle of the sign-in service, as the widget does it: `python -m bench puzzles`.

The time is that of the page's own thread, at a quarter of the processor's speed, with the pause that a browser makes
after each slice of work (HTML, "timers": 4 ms): what others do on this machine meanwhile does not count.
"""

from __future__ import annotations

import secrets
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import CDPSession, Page, Route, async_playwright

from bench.start import SLOWER
from tests.browser.conftest import FLAGS, find_browser
from tests.contracts.compiled import compiled_contracts, lay_out
from widget.account.solving import SLICE_MS
from widget.wire.sign_in import ANSWERS

BITS = (14, 16, 18, 20)
PUZZLES = 4  # of each in a round
PAUSE_MS = 4.0
PAGE = '<!doctype html><html lang="en"><title>Puzzles</title><script src="/script.js"></script></html>'
SOLVE = "([puzzle, bits]) => new StrixunChat.Contracts().solve(puzzle, bits)"


@dataclass(frozen=True)
class Puzzles:
    """Milliseconds of each puzzle, by its bits."""

    took_ms: dict[int, list[float]] = field(default_factory=lambda: {bits: [] for bits in BITS})

    def mean_s(self, bits: int) -> float:
        return statistics.fmean(self.took_ms[bits]) / 1000

    def late_s(self, bits: int) -> float:
        """One of twenty takes longer."""
        return sorted(self.took_ms[bits])[int(len(self.took_ms[bits]) * 0.95)] / 1000


def puzzle_script() -> bytes:
    """The widget's way of working on puzzles, compiled and minified."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder))
        return compiled_contracts(Path(folder))


async def puzzles(script: bytes, rounds: int, bits: tuple[int, ...] = BITS) -> Puzzles:
    """The first round warms up and does not count."""
    found = Puzzles()

    async def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            await route.fulfill(body=script, content_type="text/javascript")
        else:
            await route.fulfill(body=PAGE, content_type="text/html")

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = await browser.new_page()
        await page.route("**/*", answer)
        await page.goto("http://localhost:9")  # every request is answered here
        devtools = await page.context.new_cdp_session(page)
        await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        for number in range(rounds + 1):
            to = found if number > 0 else Puzzles()
            for one in bits:
                to.took_ms[one] += [await _took_ms(page, devtools, one) for _ in range(PUZZLES)]
        await browser.close()
    return found


async def _took_ms(page: Page, devtools: CDPSession, bits: int) -> float:
    before_ms = await _thread_ms(devtools)
    assert await page.evaluate(SOLVE, [secrets.token_hex(32), bits]) == ANSWERS
    own_ms = await _thread_ms(devtools) - before_ms
    return own_ms + own_ms // SLICE_MS * PAUSE_MS


async def _thread_ms(devtools: CDPSession) -> float:
    metrics = (await devtools.send("Performance.getMetrics"))["metrics"]
    (seconds,) = [metric["value"] for metric in metrics if metric["name"] == "ThreadTime"]
    return float(seconds) * 1000


def puzzle_lines(found: Puzzles) -> list[str]:
    """The part of the report."""
    counted = len(found.took_ms[BITS[-1]])
    return [
        f"A puzzle before a code is sent, in Chromium at a {SLOWER}th of the processor's speed, s of the page's own "
        f"thread with its pauses, {counted} of each:",
        "",
        "| bits | mean | one of twenty takes longer than |",
        "|---|---|---|",
        *(f"| {bits} | {found.mean_s(bits):.2f} | {found.late_s(bits):.2f} |" for bits in BITS),
    ]
