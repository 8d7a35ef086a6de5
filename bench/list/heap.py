"""What the page keeps of a conversation that goes on and on: JavaScript's heap, and elements that something holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.list.page import ListPage

STEPS = (10_000, 30_000, 50_000)  # messages that have come
A_FRAME = 100
HEAR = """async ([count, aFrame]) => {
  for (let number = 0; number < count; number += aFrame) {
    for (let one = 0; one < aFrame; one++) List.say();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
}"""


@dataclass
class ListHeaps:
    """After each of the steps."""

    bytes: list[int] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)

    @property
    def growth(self) -> float:
        return max(self.bytes) / self.bytes[0]


async def list_heaps(page: ListPage, found: ListHeaps, steps: tuple[int, ...] = STEPS) -> None:
    """Of a page that begins without messages."""
    heard = 0
    for step in steps:
        await page.run(HEAR, step - heard, A_FRAME)
        heard = step
        await page.devtools.send("HeapProfiler.collectGarbage")
        found.bytes.append(int((await page.devtools.send("Runtime.getHeapUsage"))["usedSize"]))
        found.nodes.append(int((await page.devtools.send("Memory.getDOMCounters"))["nodes"]))
