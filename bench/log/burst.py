"""Three hundred messages of one author, said as fast as the call allows, until another page has told of them all."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from playwright.async_api import Browser

from bench.log.meeting import LIMIT_MS, NOW, meeting
from bench.rounds import SETTLE_MS, new_page
from tests.browser.site import Site

MESSAGES = 300
EXPECTED = [f"burst {number}" for number in range(MESSAGES)]

LISTEN = f"""([count, limitMs]) => {{
  window.told = [];
  window.allAt = new Promise((resolve, reject) => {{
    chat.on('message:received', (message) => {{
      told.push(message.content);
      if (told.length === count) resolve({NOW});
    }});
    setTimeout(() => reject(new Error(`${{told.length}} of ${{count}} came`)), limitMs);
  }});
}}"""
SAY = f"""async (count) => {{
  const begun = {NOW};
  await Promise.all(Array.from({{ length: count }}, (_, number) => chat.sendMessage(`burst ${{number}}`)));
  return begun;
}}"""
TOLD = "async () => [await allAt, told]"
SHOWN = "() => chat.getState().messages.map((line) => line.content).filter((text) => text.startsWith('burst '))"
SAY_BY_HAND = """(count) => {
  const begun = now();
  for (let number = 0; number < count; number++) say(`burst ${number}`);
  return begun;
}"""


@dataclass
class Bursts:
    """Milliseconds, from before the first call until the last message was told of in the other page."""

    ours: list[float] = field(default_factory=list)
    by_hand: list[float] = field(default_factory=list)


async def burst_round(browser: Browser, site: Site, floor: str, number: int, times: Bursts) -> None:
    """Both sides once. `floor` is the address of the page by hand."""
    times.by_hand.append(await _by_hand(browser, floor, f"burst{number}"))
    times.ours.append(await _ours(browser, site, f"burst{number}"))


async def _ours(browser: Browser, site: Site, word: str) -> float:
    """They arrive in the order in which they were said, and are shown so."""
    async with meeting(browser, site, word) as met:
        await met.ben.page.evaluate(LISTEN, [MESSAGES, LIMIT_MS])
        begun: float = await met.ada.page.evaluate(SAY, MESSAGES)
        ended, told = await met.ben.page.evaluate(TOLD)
        shown = [await person.page.evaluate(SHOWN) for person in (met.ada, met.ben)]
        if [told, *shown] != [EXPECTED] * 3:
            raise RuntimeError("messages came out of order")
        return float(ended) - begun


async def _by_hand(browser: Browser, floor: str, word: str) -> float:
    one, two = await new_page(browser, floor), await new_page(browser, floor)
    await one.evaluate("(room) => { void join(room); }", word)
    await one.wait_for_timeout(SETTLE_MS)
    await two.evaluate("(room) => join(room).then(() => null)", word)
    begun: float = await two.evaluate(SAY_BY_HAND, MESSAGES)
    await one.wait_for_function(f"heard.length === {MESSAGES}")
    ended: float = await one.evaluate("heard.at(-1).at")
    for page in (one, two):
        await page.context.close()
    return ended - begun


def burst_lines(times: Bursts) -> list[str]:
    """The part of the report."""
    ours, by_hand = statistics.median(times.ours), statistics.median(times.by_hand)
    return [
        f"{MESSAGES} messages of one author at another page, in order, ms: {ours:.0f}, as texts on a bare channel "
        f"{by_hand:.0f}, median of {len(times.ours)}.",
    ]
