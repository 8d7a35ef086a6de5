"""A room with a long log in Chromium: how long it takes to open it, and to take one more event."""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from playwright.async_api import Browser
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bench.kernels.compiled import write_compiled
from bench.start import LATEST, PAGE, SLOWER, slow_page
from build.esbuild import run_esbuild
from examples.demo.server import HOST, listen, port_of, serving

EVENTS = 5_000
MORE = 400
PAUSE_EACH = 10  # events, then a frame for the page's own work
EXPORTS = """export { KeptRoom } from './bench/kernels/kept_room.mjs'
export { LongRoom } from './bench/kernels/long_room.mjs'
"""
# A page that is isolated from all others has a clock of 5 microseconds, others of 100.
ISOLATED = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}

LOAD = """async () => {
  const script = document.createElement('script');
  script.textContent = await (await fetch('/long.js')).text();
  document.head.append(script);
}"""
OPEN = """async ([count]) => {
  const room = new Long.KeptRoom(count);
  await room.keep();
  while (!await room.is_kept()) await new Promise((resolve) => setTimeout(resolve, 200));
  const times = [performance.now()];
  await room.open();
  times.push(performance.now());
  room.draw();
  document.querySelector('.cw-log').offsetHeight;
  times.push(performance.now());
  if (room.shown() !== count) throw new Error(`${room.shown()} lines`);
  return times;
}"""
MORE_OF_IT = """async ([count, more, pauseEach, method]) => {
  const room = new Long.LongRoom(count);
  const times = [];
  for (let number = 0; number < more; number++) {
    const begun = performance.now();
    room[method]();
    times.push(performance.now() - begun);
    if (number % pauseEach === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  if (room.shown() !== count + more) throw new Error(`${room.shown()} lines`);
  return times;
}"""


@dataclass
class Opening:
    """Milliseconds: rounds of (read, drawn) at a quarter of the processor's speed; single events at full."""

    opened: list[list[float]] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)


async def opening_times(browser: Browser, rounds: int) -> Opening:
    found = Opening()
    listener = listen(0)
    origin = f"http://{HOST}:{port_of(listener)}"
    with serving(Starlette(routes=_routes()), listener):
        for _ in range(rounds):
            times = await _in_page(browser, origin, SLOWER, OPEN, [EVENTS])
            found.opened.append([after - before for before, after in pairwise(times)])
            found.last += await _more(browser, origin, "say")
            found.late += await _more(browser, origin, "say_late")
    return found


async def _more(browser: Browser, origin: str, method: str) -> list[float]:
    """The first events warm the page up."""
    times = await _in_page(browser, origin, 1, MORE_OF_IT, [EVENTS, MORE, PAUSE_EACH, method])
    return times[MORE // 4 :]


async def _in_page(browser: Browser, origin: str, slower: int, script: str, given: list[int | str]) -> list[float]:
    page = await slow_page(browser, slower)
    await page.goto(origin)
    await page.evaluate(LOAD)
    found: list[float] = await page.evaluate(script, given)
    await page.context.close()
    return found


def _routes() -> list[Route]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_compiled(folder)
        (folder / "long.mjs").write_text(EXPORTS, "utf-8")
        script = run_esbuild(["long.mjs", "--bundle", "--minify", "--format=iife", "--global-name=Long"], folder)
    style = (LATEST / "chat-widget.min.css").read_text("utf-8")

    def page(_request: object) -> Response:
        return HTMLResponse(PAGE, headers=ISOLATED)

    return [
        Route("/", page),
        Route("/long.js", lambda _request: Response(script, media_type="text/javascript")),
        Route("/chat-widget.min.css", lambda _request: Response(style, media_type="text/css")),
    ]


def opened_ms(found: Opening) -> float:
    """From the first byte to the first picture, the median."""
    return statistics.median([sum(steps) for steps in found.opened])


def p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def opening_lines(found: Opening) -> list[str]:
    """The part of the report."""
    read, drawn = [statistics.median(step) for step in zip(*found.opened, strict=True)]
    single = [
        f"{name}: median {statistics.median(times):.2f}, p99 {p99(times):.2f}"
        for name, times in (("at the end", found.last), ("into the middle", found.late))
    ]
    return [
        f"A room with a log of {EVENTS:,} opened from the disk, at a {SLOWER}th of the processor's speed, ms: "
        f"{opened_ms(found):.0f} (read {read:.0f}, drawn {drawn:.0f}), median of {len(found.opened)}.",
        "",
        f"One more event in it, at full speed, ms: {'; '.join(single)}, of {len(found.last)}.",
    ]
