"""How soon emotes and emoji are there: the picker when it is opened, and what fits a letter that was written."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from playwright.async_api import async_playwright

from bench.list.cost import p99
from bench.list.lively import LATE_MS
from bench.start import SLOWER
from tests.browser.conftest import FLAGS, find_browser
from tests.browser.dom_tab import dom_tab

EMOTES = 5000
WORDS = (":owl12", ":owl499", ":smiling", "ow :heart", ":pa")
# From the event to the task after the frame in which what it wants is on screen.
MEASURE = """async ([of, wanted]) => {
  const root = document.getElementById('place').firstElementChild.shadowRoot
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  const until = async (selector) => { while (root.querySelector(selector) === null) await painted() }
  const type = (field, text) => { field.value = text; field.dispatchEvent(new Event('input')) }
  const began = performance.now()
  if (of === 'open') {
    root.querySelector('[aria-haspopup=dialog]').click()
    await until('.cw-cell')
  } else {
    type(root.querySelector(of), wanted)
    await painted()
  }
  return performance.now() - began
}"""


# Some four screens of the grid a second, as a wheel that is turned fast.
SCROLL = """(count) => new Promise((done) => {
  const grid = document.getElementById('place').firstElementChild.shadowRoot.querySelector('.cw-cells')
  const frames = []
  let last = performance.now()
  const frame = (now) => {
    frames.push(now - last)
    last = now
    grid.scrollTop += 20
    if (frames.length <= count) requestAnimationFrame(frame)
    else done(frames.slice(1))
  }
  requestAnimationFrame(frame)
})"""
FRAMES = 120  # a round


@dataclass(frozen=True)
class Picking:
    """Milliseconds: of each letter behind a colon, each in the picker's search, each opening, and each frame while the
    grid is scrolled."""

    offers_ms: list[float] = field(default_factory=list)
    searches_ms: list[float] = field(default_factory=list)
    opens_ms: list[float] = field(default_factory=list)
    frames_ms: list[float] = field(default_factory=list)

    @property
    def late(self) -> float:
        """The share of frames that came late."""
        return sum(ms > LATE_MS for ms in self.frames_ms) / len(self.frames_ms)


async def picking(script: bytes, rounds: int, emotes: int = EMOTES) -> Picking:
    """On a slow processor, but for the frames, with the data here; the first round does not count."""
    found = Picking()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        async with dom_tab(browser, script) as page:
            await page.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css'); made.enter(20)")
            await page.evaluate(f"made.emotes({emotes})")
            await page.evaluate(MEASURE, ["open", ""])
            for number in range(rounds + 1):
                frames_ms = await page.evaluate(SCROLL, FRAMES)
                found.frames_ms.extend(frames_ms if number > 0 else [])
            await page.keyboard.press("Escape")
            devtools = await page.context.new_cdp_session(page)
            await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            for number in range(rounds + 1):
                to = found if number > 0 else Picking()
                to.opens_ms.append(await page.evaluate(MEASURE, ["open", ""]))
                for word in WORDS:
                    for end in range(1, len(word) + 1):
                        to.searches_ms.append(await page.evaluate(MEASURE, ["input[type=search]", word[1:end]]))
                await page.keyboard.press("Escape")
                for word in WORDS:
                    for end in range(1, len(word) + 1):
                        to.offers_ms.append(await page.evaluate(MEASURE, ["textarea", word[:end]]))
        await browser.close()
    return found


def picking_lines(found: Picking) -> list[str]:
    """The part of the report."""
    rows = [
        f"| {what} | {statistics.median(times):.1f} | {p99(times):.1f} |"
        for what, times in (
            ("a letter behind a colon", found.offers_ms),
            ("a letter in the picker's search", found.searches_ms),
            ("the picker opened", found.opens_ms),
        )
    ]
    return [
        f"{EMOTES:,} emotes and 1,914 emoji in Chromium, a processor {SLOWER} times slower, to the next picture, ms:",
        "",
        "| | median | p99 |",
        "|---|---|---|",
        *rows,
        "",
        f"Frames over {LATE_MS} ms while the grid is scrolled on a processor as it is: {found.late * 100:.1f} %, the "
        f"longest {max(found.frames_ms):.0f} ms.",
    ]
