"""Reading back to the first message: by the wheel, and at once."""

from __future__ import annotations

from dataclasses import dataclass

from bench.list.page import ListPage

VIEWS_A_FRAME = 2
# Up to the beginning, a few views each frame; how long that takes, and the most elements there were on the way.
BACK = """([views]) => new Promise((resolve) => {
  const list = List.scroller();
  const begun = performance.now();
  let most = 0;
  const frame = () => {
    most = Math.max(most, List.root().querySelectorAll('*').length);
    if (list.scrollTop <= 0) return resolve([performance.now() - begun, most]);
    list.scrollTop -= views * list.clientHeight;
    requestAnimationFrame(frame);
  };
  frame();
})"""
END = """() => new Promise((resolve) => {
  const list = List.scroller();
  const frame = () => {
    list.scrollTop = list.scrollHeight;
    if (list.scrollHeight - list.clientHeight - list.scrollTop < 2) resolve();
    else requestAnimationFrame(frame);
  };
  frame();
})"""
HOME = """() => new Promise((resolve) => {
  const begun = performance.now();
  List.home();
  const frame = () => {
    if (List.scroller().scrollTop <= 0) resolve(performance.now() - begun);
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(() => requestAnimationFrame(frame));
})"""


@dataclass(frozen=True)
class Reading:
    """How long it takes to the first message, and the most elements in the widget on the way."""

    back_ms: float
    home_ms: float
    elements: int


async def reading_back(page: ListPage) -> Reading:
    """At full speed. It ends at the first message."""
    back_ms, elements = await page.run(BACK, VIEWS_A_FRAME)
    await page.run(END)
    home_ms = await page.run(HOME)
    return Reading(back_ms, home_ms, max(elements, await page.elements()))
