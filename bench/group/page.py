"""A page with rooms of both sides, and the processor time that each of their steps takes there."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Page
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bench.kernels.compiled import write_compiled
from bench.start import INSTALLED
from build.esbuild import run_esbuild

MLS = Path(__file__).with_name("mls.mjs")
PAGE = '<!DOCTYPE html><html><head><link rel="icon" href="data:,"><script src="/rooms.js"></script></head></html>'
EXPORTS = """export { KeyRoom } from './bench/kernels/key_room.mjs'
export { MlsRoom } from './mls.mjs'
"""
# What suites need that are not used here: ts-mls imports it when such a suite is asked for.
UNUSED = (
    "@hpke/chacha20poly1305",
    "@hpke/dhkem-x448",
    "@hpke/hybridkem-x-wing",
    "@hpke/ml-kem",
    "@noble/curves/*",
    "@noble/post-quantum/*",
)

FILL = """async ([side, rooms, count, followed]) => {
  window.sides ??= {};
  const Room = side === 'ours' ? Rooms.KeyRoom : Rooms.MlsRoom;
  sides[side] = Array.from({ length: rooms }, () => new Room(followed));
  for (const room of sides[side]) await room.fill(count);
}"""
STEP = """async ([side, step, given]) => {
  const found = [];
  for (const room of sides[side]) found.push(await room[step](...given) ?? null);
  return found;
}"""
COUNT = "([side]) => sides[side].map((room) => room.counted())"


@dataclass(frozen=True)
class Sent:
    """Bytes. Of them `told` went to whom chance picks: so many of each kind, but not always to the same."""

    bytes: float
    told: float

    def __add__(self, other: Sent) -> Sent:
        return Sent(self.bytes + other.bytes, self.told + other.told)


@dataclass(frozen=True)
class Step:
    """For one room, the mean of all: milliseconds of the processor; bytes among those who were in, and from and to who
    arrived last. `answers` is what each room returned."""

    ms: float
    sent: Sent
    met: Sent
    answers: list[Any]


class RoomsPage:
    """`side` is "ours" or "mls"; a step is done in all rooms of that side, one after the other."""

    def __init__(self, page: Page, devtools: CDPSession) -> None:
        self._page = page
        self._devtools = devtools

    async def fill(self, side: str, rooms: int, count: int, followed: int) -> None:
        await self._page.evaluate(FILL, [side, rooms, count, followed])

    async def close(self) -> None:
        await self._page.context.close()

    async def step(self, side: str, step: str, *given: int) -> Step:
        await self._page.evaluate(COUNT, [side])
        begun_ms = await self._spent_ms()
        answers = await self._page.evaluate(STEP, [side, step, given])
        spent_ms = await self._spent_ms() - begun_ms
        counts = await self._page.evaluate(COUNT, [side])
        sent, met, sent_told, met_told = [sum(column) / len(counts) for column in zip(*counts, strict=True)]
        return Step(spent_ms / len(counts), Sent(sent, sent_told), Sent(met, met_told), answers)

    async def _spent_ms(self) -> float:
        """Of the processor, by the page's own thread, on which Chromium does a page's cryptography too."""
        metrics = (await self._devtools.send("Performance.getMetrics"))["metrics"]
        return next(float(metric["value"]) * 1000 for metric in metrics if metric["name"] == "ThreadTime")


async def open_page(browser: Browser, origin: str) -> RoomsPage:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(origin)
    devtools = await context.new_cdp_session(page)
    await devtools.send("Performance.enable")
    return RoomsPage(page, devtools)


def routes() -> list[Route]:
    """Both sides in one script."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_compiled(folder)
        shutil.copy(MLS, folder / MLS.name)
        (folder / "node_modules").symlink_to(INSTALLED / "node_modules")
        (folder / "rooms.mjs").write_text(EXPORTS, "utf-8")
        outside = [f"--external:{package}" for package in UNUSED]
        arguments = ["rooms.mjs", "--bundle", "--minify", "--format=iife", "--global-name=Rooms", *outside]
        script = run_esbuild(arguments, folder)
    return [
        Route("/", lambda _request: HTMLResponse(PAGE)),
        Route("/rooms.js", lambda _request: Response(script, media_type="text/javascript")),
    ]
