"""How soon an emote that the browser has is on screen after the message that names it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from playwright.async_api import Route, async_playwright

from bench.list.cost import p99
from examples.demo.seven_tv import picture
from tests.browser.conftest import FLAGS, find_browser
from tests.browser.dom_tab import dom_tab
from widget.ui.pace import FLOOD_MS

MESSAGES = 20  # a round
# From the state with the message to the task after the frame that shows its picture.
MEASURE = """async (last) => {
  const root = document.getElementById('place').firstElementChild.shadowRoot
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  const shown = () => {
    const bubble = [...root.querySelectorAll('.cw-bubble')].pop()
    const image = bubble.querySelector('img')
    return bubble.textContent.includes(last) && image.complete && image.naturalHeight > 0
  }
  const began = performance.now()
  made.hear_emoted(`wave ${last}`)
  do { await painted() } while (!shown())  // complete at the end of a frame: drawn by it, or by the next
  await painted()
  return performance.now() - began
}"""


@dataclass(frozen=True)
class Pictures:
    """Milliseconds of each message; `asked` are the files that were fetched."""

    shown_ms: list[float] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


async def pictures(script: bytes, rounds: int, messages: int = MESSAGES) -> Pictures:
    """In a room with 40 lines; the first message fetches the picture and does not count."""
    found = Pictures()

    async def answer(route: Route) -> None:
        found.asked.append(route.request.url)
        headers = {"Cache-Control": "public, max-age=604800, immutable"}
        await route.fulfill(body=picture("moonRise", 1, True, "webp"), content_type="image/webp", headers=headers)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        async with dom_tab(browser, script) as page:
            await page.route("https://cdn.7tv.app/**", answer)
            await page.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css'); made.enter(1)")
            await page.evaluate("(texts) => made.emoted(texts)", [f"line {number}" for number in range(40)])
            await page.evaluate(MEASURE, "first")
            for number in range(rounds * messages):
                await page.wait_for_timeout(2 * FLOOD_MS)  # what comes faster than people speak is drawn together
                found.shown_ms.append(await page.evaluate(MEASURE, f"said {number}"))
        await browser.close()
    return found


def picture_lines(found: Pictures) -> list[str]:
    """The part of the report."""
    return [
        "An emote that the browser has, in Chromium, from its message to the frame that shows it, ms:",
        "",
        "| median | p99 |",
        "|---|---|",
        f"| {statistics.median(found.shown_ms):.1f} | {p99(found.shown_ms):.1f} |",
    ]
