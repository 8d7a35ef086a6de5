"""A page with one side's list in it: ours, or that of another chat."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Page
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bench.kernels.compiled import write_compiled
from bench.start import INSTALLED, LATEST
from build.esbuild import run_esbuild
from examples.demo.server import HOST, listen, port_of, serving

FOLDER = Path(__file__).parent
MESSAGES = 10_000
BEGIN_MS = 300_000
OURS = "ours"
RIVALS = {"chatscope": "@chatscope/chat-ui-kit-react", "virtuoso": "react-virtuoso, plain rows"}
SIDES = (OURS, *RIVALS)
STYLES = {
    OURS: LATEST / "chat-widget.min.css",
    "chatscope": INSTALLED / "node_modules/@chatscope/chat-ui-kit-styles/dist/default/styles.min.css",
}
PLAIN = (
    ".row { padding: 2px 12px } .row p { margin: 0 } .mine { text-align: end } "
    ".bubble { display: inline-block; max-width: 70%; padding: 6px 10px; border-radius: 12px; background: #e5e7eb }"
)
HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/chat-widget.min.css"></head>
<body><div style="height: 480px; width: 360px" id="chat-widget"></div>
<script src="/script.js"></script></body></html>"""
# All that was said is on the screen when two frames in a row leave everything as it is.
BEGIN = """async ([count]) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  List.begin(count);
  let seen = 0;
  for (let calm = 0; calm < 20; calm++) {
    await frame();
    const now = List.scroller()?.scrollHeight ?? 0;
    if (now === 0 || now !== seen) calm = 0;
    seen = now;
  }
}"""


@dataclass(frozen=True)
class ListPage:
    page: Page
    devtools: CDPSession

    async def slow(self, times: int) -> None:
        await self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": times})

    async def run(self, script: str, *given: Any) -> Any:
        return await self.page.evaluate(script, list(given))

    async def elements(self) -> int:
        found: int = await self.page.evaluate("List.root().querySelectorAll('*').length")
        return found


@contextmanager
def list_origins(sides: tuple[str, ...] = SIDES) -> Iterator[dict[str, str]]:
    """Where each side's page is, by side."""
    listener = listen(0)
    origin = f"http://{HOST}:{port_of(listener)}"
    with serving(Starlette(routes=[route for side in sides for route in _routes(side)]), listener):
        yield {side: f"{origin}/{side}/" for side in sides}


@asynccontextmanager
async def list_page(browser: Browser, address: str, messages: int = MESSAGES) -> AsyncIterator[ListPage]:
    """With so many messages, its end in sight, at full speed."""
    context = await browser.new_context()
    context.set_default_timeout(BEGIN_MS)
    page = await context.new_page()
    await page.goto(address)
    opened = ListPage(page, await context.new_cdp_session(page))
    await opened.run(BEGIN, messages)
    yield opened
    await context.close()


def _routes(side: str) -> list[Route]:
    style = STYLES[side].read_text("utf-8") if side in STYLES else PLAIN
    return [
        _fixed(f"/{side}/", HTML.replace('="/', f'="/{side}/'), "text/html"),
        _fixed(f"/{side}/script.js", _ours() if side == OURS else _rival(side), "text/javascript"),
        _fixed(f"/{side}/chat-widget.min.css", style, "text/css"),
        _fixed("/chat-widget.min.css", STYLES[OURS].read_text("utf-8"), "text/css"),
    ]


def _fixed(path: str, text: str, kind: str) -> Route:
    async def answer(_request: object) -> Response:
        return Response(text, media_type=kind)

    return Route(path, answer)


def _ours() -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_compiled(folder)
        shutil.copy(FOLDER / "ours.mjs", folder / "ours.mjs")
        return run_esbuild(["ours.mjs", "--bundle", "--minify", "--format=iife", "--global-name=List"], folder)


def _rival(side: str) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "node_modules").symlink_to(INSTALLED / "node_modules")
        for file in ("rivals.mjs", f"{side}.mjs"):
            shutil.copy(FOLDER / file, folder / file)
        production = '--define:process.env.NODE_ENV="production"'
        arguments = ["--bundle", "--minify", "--format=iife", "--global-name=List", production]
        return run_esbuild([f"{side}.mjs", *arguments], folder)
