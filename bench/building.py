"""How long a programmer waits: for the files of the CDN, and for the dev page after a save."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Browser
from starlette.applications import Starlette
from starlette.routing import Mount

from bench.start import SHOWN, dev_load
from build.dev import dev_app
from examples.demo.server import HOST, listen, port_of, serving

ROOT = Path(__file__).resolve().parent.parent
SAVED = "widget/ui/when.py"
RELOAD_MS = 120_000


def build_times() -> tuple[float, float]:
    """Seconds on the wall and of the processor for the CDN's files, everything parsed before."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "build", "cdn", "--out", f"{folder}/cdn_dist"]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        before, begun = os.times(), time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, spent


async def reload_times(browser: Browser, service_key: str, saves: int) -> tuple[float, list[float]]:
    """Milliseconds of the very first load, and from each save until the page stands again."""
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "widget", Path(folder) / "widget")
        listener = listen(0)
        app = Starlette(routes=[Mount("/dev", dev_app(Path(folder), service_key))])
        with serving(app, listener):
            context = await browser.new_context()
            page = await context.new_page()
            first = await dev_load(page, f"http://{HOST}:{port_of(listener)}")
            for number in range(saves):
                begun = await page.evaluate("performance.timeOrigin")
                file = Path(folder) / SAVED
                file.write_text(file.read_text("utf-8") + f"# {number}\n", "utf-8")
                saved = time.perf_counter()
                again = f"performance.timeOrigin > {begun} && {SHOWN}"
                await page.wait_for_function(again, timeout=RELOAD_MS, polling=20)
                found.append((time.perf_counter() - saved) * 1000)
            await context.close()
    return first, found
