"""What one more message costs the page: script, style and layout, not the wait for the frame."""

from __future__ import annotations

import json
from bisect import bisect
from typing import Any

from playwright.async_api import Browser

from bench.list.page import ListPage

COSTS = 200
MARK = "said"
CATEGORIES = ["devtools.timeline", "blink.user_timing"]
COUNTED = (
    *("EvaluateScript", "EventDispatch", "FireAnimationFrame", "FireIdleCallback", "FunctionCall", "RunMicrotasks"),
    *("TimerFire", "UpdateLayoutTree", "Layout", "MinorGC", "MajorGC"),
)
# It is drawn when something in the page has changed and two frames have passed.
SAY = """async ([mark]) => {
  const changed = new Promise((resolve) => {
    const observer = new MutationObserver(() => { observer.disconnect(); resolve() });
    observer.observe(List.root(), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  performance.mark(mark);
  List.say();
  await changed;
  await frame();
  await frame();
}"""


async def message_costs(browser: Browser, page: ListPage, slower: int, count: int = COSTS) -> list[float]:
    """Milliseconds of the page's own thread for each of `count` messages that come alone.

    The first ones, in which a page learns its work, do not count.
    """
    await page.slow(slower)
    await browser.start_tracing(page=page.page, categories=CATEGORIES)
    for _ in range(count + count // 5):
        await page.run(SAY, MARK)
    trace = json.loads(await browser.stop_tracing())
    await page.slow(1)
    return spent_ms(trace["traceEvents"])[-count:]


def spent_ms(events: list[dict[str, Any]]) -> list[float]:
    """From each mark to the next. What runs inside of something else counts once."""
    marks = [event for event in events if event["name"] == MARK]
    threads = {(event["pid"], event["tid"]) for event in marks}
    begun = sorted(event["tts"] for event in marks)
    work = [
        each
        for each in events
        if each["ph"] == "X" and each["name"] in COUNTED and (each["pid"], each["tid"]) in threads
    ]
    # What had begun before the tracing did has no time of its thread.
    spans = [(each["tts"], each["tts"] + each.get("tdur", 0)) for each in work if "tts" in each]
    found = [0.0] * len(begun)
    counted_until = 0
    for start, end in sorted(spans):
        place = bisect(begun, end) - 1
        if place >= 0 and end > counted_until:
            found[place] += (end - max(start, counted_until)) / 1000
            counted_until = end
    return found


def p99(costs_ms: list[float]) -> float:
    return sorted(costs_ms)[int(len(costs_ms) * 0.99)]
