"""Pictures of every screen that must be alike: right-to-left mirrors left-to-right, dark stands where light stands.

No picture is stored. What a browser draws depends on the machine's fonts and on its own version, so a stored one holds
on one machine only, or with a tolerance that a wrong margin hides in. What is compared is drawn on the same machine in
the same minute, to a pixel; `test_isolation.py` does the same for hostile pages, and for a page without a shadow root.
"""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.browser.screens import BLANK, SCREENS, Look, hold

pytestmark = pytest.mark.no_cover

TOLERANCE_PX = 1
# The boxes of each screen, from the edge where a line begins. What stands within a line moves with its words.
BOXES = """(direction) => Object.fromEntries([...document.body.children].map((host) => {
  const chat = host.shadowRoot.querySelector('.cw'), frame = chat.getBoundingClientRect()
  const boxes = [...chat.querySelectorAll('*')].filter((each) => each.getClientRects().length > 0
    && getComputedStyle(each).display !== 'inline' && each.closest('path, bdi, .cw-hidden, .cw-spin') === null
    && each.parentElement.closest('[dir]') === chat)
  return [host.id, boxes.map((each) => {
    const box = each.getBoundingClientRect()
    const begin = direction === 'ltr' ? box.left - frame.left : frame.right - box.right
    const label = `${each.tagName} ${each.className.baseVal ?? each.className}`
    return [label, Math.round(begin), Math.round(box.top - frame.top), Math.round(box.width), Math.round(box.height)]
  })]
}))"""
Boxes = dict[str, list[tuple[str, int, int, int, int]]]


async def boxes(page: Page, look: Look, styles: str = "") -> Boxes:
    await hold(page, look, styles=styles)
    found: Boxes = await page.evaluate(BOXES, look.direction)
    return found


def moved(one: Boxes, other: Boxes) -> list[str]:
    """What stands elsewhere."""
    assert one.keys() == other.keys()
    pairs = [(name, *pair) for name in one for pair in zip(one[name], other[name], strict=True)]
    return [
        f"{name}: {before} -> {after}"
        for name, before, after in pairs
        if any(abs(a - b) > TOLERANCE_PX for a, b in zip(before[1:], after[1:], strict=True))
    ]


@pytest.mark.parametrize("width", [360, 1280])
async def test_every_screen_has_a_mirror_and_a_night(chromium: Browser, width: int) -> None:
    page = await chromium.new_page(viewport={"width": width, "height": 720}, reduced_motion="reduce")
    await page.set_content(BLANK)
    light = await boxes(page, Look("light", "ltr", width, 720))
    assert len(light) == len(SCREENS)
    assert min(len(each) for each in light.values()) > 1
    assert moved(light, await boxes(page, Look("light", "rtl", width, 720))) == []
    assert moved(light, await boxes(page, Look("dark", "ltr", width, 720))) == []
    assert moved(light, await boxes(page, Look("light", "rtl", width, 720), ".cw-title { margin-left: 3px }")) != []
    await page.close()
