"""How long a visitor waits for the first button that works: ours, and React's hello world."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from build.compress import gzip_bytes
from build.esbuild import run_esbuild
from examples.demo.server import HOST, listen, port_of, serving
from tests.browser.site import Site

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = ROOT / ".work" / "bench"
LATEST = ROOT / "cdn_dist" / "latest"
SLOWER = 4
DEV_MS = 180_000
WORKS_MS = 60_000

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/chat-widget.min.css"></head>
<body><div class="cw" style="height: 480px; width: 360px" id="chat-widget"></div></body></html>"""
OURS = PAGE.replace(' class="cw"', "").replace(
    "</body>",
    """<script src="/ours.js"></script><script>
new StrixunChat.ChatWidget({ containerId: 'chat-widget', authApiUrl: location.origin + '/auth',
  signalingUrl: location.origin + '/signal', otpEncryptionKey: 'KEY' });
</script></body>""",
)
REACT = """<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="icon" href="data:,"></head>
<body><div id="chat-widget"></div><script src="/react.js"></script></body></html>"""
HELLO = """import { createElement, useState } from 'react'
import { createRoot } from 'react-dom/client'
const Hello = () => {
  const [pressed, press] = useState(false)
  const button = createElement('button', { className: 'cw-primary', onClick: () => press(true) }, 'hello')
  return createElement('div', null, button, pressed && createElement('input'))
}
createRoot(document.getElementById('chat-widget')).render(createElement(Hello))
"""
# Looks at every frame. The first button that can be seen and hit is pressed once its frame is over; it works when the
# field that it opens is there, at the end of a frame too.
WATCH = """(() => {
  const times = {};
  const found = new Promise((resolve) => {
    const root = () => document.querySelector('#chat-widget')?.firstElementChild?.shadowRoot ?? document;
    const framed = (act) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = act;
      channel.port2.postMessage(0);
    };
    const canBeHit = (button) => {
      const box = button?.getBoundingClientRect();
      return box?.width > 0 && button.contains(root().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    };
    const look = () => {
      const button = root().querySelector('button.cw-primary');
      if (times.seen === undefined && canBeHit(button)) framed(() => {
        times.seen = performance.now();
        button.click();
      });
      if (root().querySelector('input') === null || times.seen === undefined) return requestAnimationFrame(look);
      framed(() => {
        const works = performance.now();
        const paints = new PerformanceObserver((list) => {
          const painted = list.getEntriesByName('first-contentful-paint')[0];
          if (painted !== undefined) resolve([painted.startTime, times.seen, works]);
        });
        paints.observe({ type: 'paint', buffered: true });
      });
    };
    requestAnimationFrame(look);
  });
  found.then((all) => { globalThis.startTimes = all });
})()"""
SHOWN = "document.getElementById('chat-widget')?.firstElementChild?.shadowRoot?.querySelector('button') != null"


@dataclass(frozen=True)
class Network:
    """A line as Chromium emulates it: the wait for each answer, and what goes through."""

    name: str
    latency_ms: int
    down_kbit_s: int
    up_kbit_s: int


@dataclass(frozen=True)
class FirstButton:
    """Milliseconds from the navigation: anything is painted, the button is seen, what it opens is seen."""

    painted_ms: float
    seen_ms: float
    works_ms: float


@dataclass
class StartTimes:
    """At a quarter of the processor's speed. The dev page in milliseconds from its navigation."""

    ours: list[FirstButton] = field(default_factory=list)
    react: list[FirstButton] = field(default_factory=list)
    brython: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return _median(self.ours, "works_ms") / _median(self.react, "works_ms")


async def start_times(browser: Browser, site: Site, rounds: int) -> StartTimes:
    """Both sides in turn, each time in a profile that has never seen them; the first round is not counted."""
    times = StartTimes()
    with start_pages(site.service_key) as origin:
        for number in range(rounds + 1):
            ours, react = await first_button(browser, f"{origin}/"), await first_button(browser, f"{origin}/react")
            if number > 0:
                times.ours.append(ours)
                times.react.append(react)
    page = await slow_page(browser, SLOWER)
    times.brython.append(await dev_load(page, site.origin))
    await page.context.close()
    return times


async def first_button(browser: Browser, address: str, network: Network | None = None) -> FirstButton:
    page = await slow_page(browser, SLOWER, network)
    page.set_default_timeout(WORKS_MS)
    await page.add_init_script(WATCH)
    await page.goto(address, wait_until="commit")
    await page.wait_for_function("globalThis.startTimes !== undefined", polling=50)
    found: list[float] = await page.evaluate("startTimes")
    await page.context.close()
    return FirstButton(*found)


async def dev_load(page: Page, origin: str) -> float:
    """From navigation until the widget stands, the files from the cache of an earlier visit where there is one."""
    await page.goto(f"{origin}/dev/", wait_until="commit", timeout=DEV_MS)
    await page.wait_for_function(SHOWN, timeout=DEV_MS, polling=20)
    took: float = await page.evaluate("performance.now()")
    return took


async def slow_page(browser: Browser, slower: int, network: Network | None = None) -> Page:
    context = await browser.new_context()
    page = await context.new_page()
    await slow_down(page, slower, network)
    return page


async def slow_down(page: Page, slower: int, network: Network | None = None) -> None:
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    if network is not None:
        line = {
            "offline": False,
            "latency": network.latency_ms,
            "downloadThroughput": network.down_kbit_s * 1000 / 8,
            "uploadThroughput": network.up_kbit_s * 1000 / 8,
        }
        await devtools.send("Network.enable")
        await devtools.send("Network.emulateNetworkConditions", line)


@contextmanager
def start_pages(service_key: str) -> Iterator[str]:
    """Where ours is, as a page has it from the CDN; React's is at /react. A service answers with an empty list."""
    react = run_esbuild(
        ["--bundle", "--minify", "--format=iife", '--define:process.env.NODE_ENV="production"'], INSTALLED, HELLO
    )
    listener = listen(0)
    routes = [
        _fixed("/", OURS.replace("KEY", service_key), "text/html"),
        _fixed("/ours.js", (LATEST / "chat-widget.iife.min.js").read_text("utf-8"), "text/javascript"),
        _fixed("/chat-widget.min.css", (LATEST / "chat-widget.min.css").read_text("utf-8"), "text/css"),
        _fixed("/react", REACT, "text/html"),
        _fixed("/react.js", react, "text/javascript"),
        Route("/{rest:path}", _nothing),
    ]
    with serving(Starlette(routes=routes), listener):
        yield f"http://{HOST}:{port_of(listener)}"


def _fixed(path: str, text: str, kind: str) -> Route:
    packed = gzip_bytes(text.encode())

    async def answer(_request: Request) -> Response:
        return Response(packed, media_type=kind, headers={"Content-Encoding": "gzip"})

    return Route(path, answer)


async def _nothing(_request: Request) -> Response:
    return JSONResponse([])


def start_lines(times: StartTimes) -> list[str]:
    """The part of the report."""
    steps = ("painted_ms", "seen_ms", "works_ms")
    rows = [
        f"| {name} | {' | '.join(f'{_median(side, step):.0f}' for step in steps)} |"
        for name, side in (("ours", times.ours), ("React, hello world", times.react))
    ]
    return [
        f"The first button in Chromium at a {SLOWER}th of the processor's speed, an empty cache, files from this "
        f"machine, ms from the navigation, median of {len(times.ours)} interleaved rounds:",
        "",
        "| | first picture | it can be pressed | what it opens is there |",
        "|---|---|---|---|",
        *rows,
        "",
        f"Ours / React's, until what it opens is there: {times.ratio:.2f}. Our dev page under stock Brython: "
        f"{statistics.median(times.brython):.0f} ms.",
    ]


def _median(side: list[FirstButton], name: str) -> float:
    values: list[float] = [getattr(each, name) for each in side]
    return statistics.median(values)
