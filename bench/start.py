"""How long a page waits: for the script and the first picture on a slow processor, for a message among ten thousand."""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bench.kernels.compiled import write_compiled
from build.esbuild import run_esbuild
from examples.demo.server import HOST, listen, port_of, serving
from tests.browser.site import Site

ROOT = Path(__file__).resolve().parent.parent
PREACT = ROOT / ".work" / "bench"
LATEST = ROOT / "cdn_dist" / "latest"
SLOWER = 4
MESSAGES = 10_000
DRAWN = 600
DEV_MS = 180_000

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/chat-widget.min.css"></head>
<body><div class="cw" style="height: 480px; width: 360px" id="chat-widget"></div></body></html>"""
HELLO = """import { h, render } from 'preact'
globalThis.hello = () => render(h('p', null, 'hello'), document.getElementById('chat-widget'))
"""
RENDER = "export { Room } from './bench/kernels/room.mjs'\n"
OURS = """new StrixunChat.ChatWidget({ containerId: 'chat-widget', authApiUrl: location.origin + '/auth',
  signalingUrl: location.origin + '/signal', otpEncryptionKey: 'KEY', cssUrl: '/chat-widget.min.css' })"""
START = """async ([file, mount]) => {
  const script = document.createElement('script');
  script.textContent = await (await fetch(file)).text();
  const begun = performance.now();
  document.head.append(script);
  const evaluated = performance.now();
  new Function(mount)();
  document.getElementById('chat-widget').offsetHeight;
  return [evaluated - begun, performance.now() - begun];
}"""
DRAW = """async ([messages, drawn]) => {
  const script = document.createElement('script');
  script.textContent = await (await fetch('/render.js')).text();
  document.head.append(script);
  const room = new Bench.Room(messages);
  const log = document.querySelector('.cw-log');
  const times = [];
  for (let number = 0; number < drawn; number++) {
    const begun = performance.now();
    room.say();
    log.offsetHeight;
    times.push(performance.now() - begun);
    if (number % 10 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return times;
}"""
SHOWN = "document.getElementById('chat-widget')?.firstElementChild?.shadowRoot?.querySelector('button') != null"


@dataclass
class StartTimes:
    """Milliseconds. The first three at a quarter of the processor's speed, `draw` at full."""

    ours: list[list[float]] = field(default_factory=list)
    preact: list[list[float]] = field(default_factory=list)
    brython: list[float] = field(default_factory=list)
    draw: list[float] = field(default_factory=list)


async def start_times(browser: Browser, site: Site, rounds: int) -> StartTimes:
    times = StartTimes()
    listener = listen(0)
    origin = f"http://{HOST}:{port_of(listener)}"
    with serving(Starlette(routes=_routes()), listener):
        for _ in range(rounds):
            times.ours.append(await _start(browser, origin, "/ours.js", OURS.replace("KEY", site.service_key)))
            times.preact.append(await _start(browser, origin, "/preact.js", "hello()"))
        page = await browser.new_page()
        await page.goto(origin)
        times.draw = (await page.evaluate(DRAW, [MESSAGES, DRAWN]))[DRAWN // 6 :]
        await page.context.close()
    page = await slow_page(browser, SLOWER)
    times.brython.append(await dev_load(page, site.origin))
    await page.context.close()
    return times


async def dev_load(page: Page, origin: str) -> float:
    """From navigation until the widget stands, the files from the cache of an earlier visit where there is one."""
    await page.goto(f"{origin}/dev/", wait_until="commit", timeout=DEV_MS)
    await page.wait_for_function(SHOWN, timeout=DEV_MS, polling=20)
    took: float = await page.evaluate("performance.now()")
    return took


async def _start(browser: Browser, origin: str, file: str, mount: str) -> list[float]:
    page = await slow_page(browser, SLOWER)
    await page.goto(origin)
    found: list[float] = await page.evaluate(START, [file, mount])
    await page.context.close()
    return found


async def slow_page(browser: Browser, slower: int) -> Page:
    context = await browser.new_context()
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page


def _routes() -> list[Route]:
    scripts = {"/ours.js": (LATEST / "chat-widget.iife.min.js").read_text("utf-8")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_compiled(folder)
        (folder / "render.mjs").write_text(RENDER, "utf-8")
        scripts["/render.js"] = run_esbuild(["render.mjs", "--bundle", "--format=iife", "--global-name=Bench"], folder)
    arguments = ["--bundle", "--minify", "--format=iife", "--loader=js"]
    scripts["/preact.js"] = run_esbuild(arguments, PREACT, HELLO)
    style = (LATEST / "chat-widget.min.css").read_text("utf-8")

    def fixed(path: str, text: str, kind: str) -> Route:
        async def answer(_request: object) -> Response:
            return Response(text, media_type=kind)

        return Route(path, answer)

    async def page(_request: object) -> Response:
        return HTMLResponse(PAGE)

    served = [fixed(path, text, "text/javascript") for path, text in scripts.items()]
    return [Route("/", page), fixed("/chat-widget.min.css", style, "text/css"), *served]


def start_lines(times: StartTimes) -> list[str]:
    """The part of the report."""
    ours, hello = _middle(times.ours), _middle(times.preact)
    return [
        f"Start in Chromium at a {SLOWER}th of the processor's speed, ms, median of {len(times.ours)}:",
        "",
        "| | script evaluated | and first picture |",
        "|---|---|---|",
        f"| ours | {ours[0]:.1f} | {ours[1]:.1f} |",
        f"| preact, 'hello' | {hello[0]:.1f} | {hello[1]:.1f} |",
        f"| our dev page under stock Brython, with its navigation | | {statistics.median(times.brython):.0f} |",
        "",
        f"A message drawn, with its layout, in a room of {MESSAGES:,}, full speed, ms: "
        f"median {statistics.median(times.draw):.2f}, p99 {drawn_p99(times):.2f} of {len(times.draw)}.",
    ]


def drawn_p99(times: StartTimes) -> float:
    return sorted(times.draw)[int(len(times.draw) * 0.99)]


def _middle(rounds: list[list[float]]) -> list[float]:
    return [statistics.median(column) for column in zip(*rounds, strict=True)]
