"""What the specification promises on a poor line and a slow processor."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from playwright.async_api import Browser, Page

from bench.rounds import Times, our_round
from bench.start import SLOWER, FirstButton, Network, first_button, slow_down, start_pages
from tests.browser.site import Site

# "Fast 3G" as WebPageTest and Lighthouse have it.
FAST_3G = Network("fast 3G", latency_ms=150, down_kbit_s=1600, up_kbit_s=750)
PAINTED_S = 1.5
WORKS_S = 3.0
DIRECT_S = 5.0


@dataclass
class Targets:
    """The first visit; and milliseconds from joining a room to the direct channel, of who has the files."""

    first: list[FirstButton] = field(default_factory=list)
    direct_ms: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> list[tuple[str, float, float]]:
        """What, how long it takes, and how long it may: medians."""
        painted = statistics.median(each.painted_ms for each in self.first) / 1000
        works = statistics.median(each.works_ms for each in self.first) / 1000
        where = f"{FAST_3G.name}, slow processor, s"
        return [
            (f"first picture, {where}", painted, PAINTED_S),
            (f"first button works, {where}", works, WORKS_S),
            (f"join to direct channel, {where}", statistics.median(self.direct_ms) / 1000, DIRECT_S),
        ]


async def target_times(browser: Browser, site: Site, rounds: int) -> Targets:
    found = Targets()
    with start_pages(site.service_key) as origin:
        for _ in range(rounds):
            found.first.append(await first_button(browser, f"{origin}/", FAST_3G))
    for number in range(rounds):
        times = Times()
        await our_round(browser, site, number, times, on_a_poor_line)
        found.direct_ms += times.direct
    return found


async def on_a_poor_line(page: Page) -> None:
    """The data channel itself is not slowed down: browsers cannot do that."""
    await slow_down(page, SLOWER, FAST_3G)


def target_lines(found: Targets) -> list[str]:
    """The part of the report."""
    line = f"{FAST_3G.latency_ms} ms, {FAST_3G.down_kbit_s} and {FAST_3G.up_kbit_s} kbit/s"
    rows = [f"| {what} | {taken_s:.2f} | {most_s} |" for what, taken_s, most_s in found.seconds]
    return [
        f"The specification's targets: {FAST_3G.name} ({line}), a {SLOWER}th of the processor's speed, an empty cache, "
        f"median of {len(found.first)}:",
        "",
        "| | measured | target |",
        "|---|---|---|",
        *rows,
    ]
