"""Small, zoomed and wide: everything is in reach, nothing is cut off, one scrolls in one direction (WCAG 1.4.10)."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.browser.screens import BLANK, SCREENS, Look, hold

pytestmark = pytest.mark.no_cover

ZOOMED = (320, 256)  # 1280 x 1024 at 400 %
LOOKS = [
    Look("light", "ltr", *ZOOMED),
    Look("light", "rtl", *ZOOMED),
    Look("light", "ltr", 300, 320),
    Look("light", "rtl", 360, 640),
    Look("light", "ltr", 768, 1024),
]
TOUCH_PX = 44
MANY_PX = 24  # side by side, as emoji are (WCAG 2.5.8)
# Of each screen: what sticks out sideways, what cannot be scrolled into sight, what is too small for a finger.
JUDGE = """([touch, many]) => Object.fromEntries([...document.body.children].map((host) => {
  const CONTROLS = 'button, input:not([type=checkbox], [type=radio]), textarea, label.cw-choice'
  const MANY = '.cw-jump, .cw-cell'
  const chat = host.shadowRoot.querySelector('.cw'), frame = chat.getBoundingClientRect(), found = []
  const label = (each) => `${each.tagName} ${each.className.baseVal ?? each.className} ${each.textContent.slice(0, 20)}`
  const seen = (each) => each.getClientRects().length > 0 && getComputedStyle(each).visibility === 'visible'
  const shown = [...chat.querySelectorAll('*')].filter((each) => seen(each) && each.closest('.cw-hidden') === null)
  for (const each of shown) {
    const box = each.getBoundingClientRect()
    if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5) found.push(`sticks out: ${label(each)}`)
    const style = getComputedStyle(each)
    const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY)
    if (scrolls) each.scrollTop = 0
    const above = (part) => part.getBoundingClientRect().top < box.top - 1 && part.closest('.cw-hidden') === null
    if (scrolls && [...each.querySelectorAll('*')].some(above)) found.push(`begins above its scroller: ${label(each)}`)
    if (scrolls && each.scrollWidth > each.clientWidth + 1) found.push(`scrolls sideways: ${label(each)}`)
    if (style.overflowY === 'hidden' && each.scrollHeight > each.clientHeight + 1 && style.textOverflow !== 'ellipsis'
        && each !== chat && each.tagName !== 'TEXTAREA') found.push(`cuts off: ${label(each)}`)
  }
  if (chat.scrollWidth > chat.clientWidth || chat.scrollHeight > chat.clientHeight) found.push('cuts off: the chat')
  for (const each of shown) {
    if (!each.matches(`${CONTROLS}, ${MANY}`) || each.closest('[inert]') !== null) continue
    const whole = each.closest('.cw-grow') ?? each  // the field for a message is scrolled in it
    whole.scrollIntoView({ block: 'center', inline: 'center' })
    const box = whole.getBoundingClientRect(), area = chat.getBoundingClientRect()
    const least = each.matches(MANY) ? many : touch
    if (box.height < least || box.width < least) found.push(`small: ${label(each)} ${box.width} x ${box.height}`)
    if (box.top < area.top || box.bottom > area.bottom + 0.5) found.push(`out of sight: ${label(each)}`)
    const middle = host.shadowRoot.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    if (middle?.closest('.cw-offer')) continue  // it floats, and is gone with the word
    if (!whole.contains(middle) && !middle?.contains(each)) found.push(`covered: ${label(each)} by ${label(middle)}`)
  }
  return [host.id, found]
}).filter(([name, found]) => found.length > 0))"""


async def judged(chromium: Browser, look: Look, styles: str = "") -> dict[str, list[str]]:
    """One screen after the other, each alone in a window of its size."""
    found: dict[str, list[str]] = {}
    page = await chromium.new_page(viewport={"width": look.width, "height": look.height}, reduced_motion="reduce")
    await page.set_content(BLANK)
    for name in SCREENS:
        await hold(page, look, name, styles=styles)
        found |= await page.evaluate(JUDGE, [TOUCH_PX, MANY_PX])
    await page.close()
    return found


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_everything_is_in_reach(chromium: Browser, look: Look) -> None:
    assert await judged(chromium, look) == {}


async def test_what_is_cut_off_is_noticed(chromium: Browser) -> None:
    found = await judged(chromium, LOOKS[0], ".cw-form > * { min-width: 330px } .cw-button { min-height: 40px }")
    assert {line.split(":")[0] for lines in found.values() for line in lines} >= {"sticks out", "small"}


COLUMN = """() => Object.fromEntries([...document.body.children].map((host) => {
  const box = (name) => host.shadowRoot.querySelector(name).getBoundingClientRect()
  const read = box('.cw-line'), written = box('.cw-writing')
  return [host.id, [Math.abs(read.left - written.left), Math.abs(read.right - written.right)]]
}))"""


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_one_writes_in_the_column_in_which_one_reads(chromium: Browser, width: int, direction: str) -> None:
    page = await chromium.new_page(viewport={"width": width, "height": 720})
    await page.set_content(BLANK)
    await hold(page, Look("light", direction, width, 720), "chat", "people", "offline", "draft")
    distances: dict[str, list[float]] = await page.evaluate(COLUMN)
    assert len(distances) == 4
    assert all(max(each) <= 1 for each in distances.values()), distances
    await page.close()


async def test_the_name_of_a_room_has_all_the_width_there_is(chromium: Browser) -> None:
    page = await chromium.new_page(viewport={"width": 320, "height": 640})
    await page.set_content(BLANK)
    await hold(page, Look("light", "ltr", 320, 640), "chat")
    name = page.locator(".cw-title bdi")
    assert await name.inner_text() == "Night watch"
    assert await name.evaluate("(name) => name.scrollWidth - name.clientWidth") == 0
    lines = "(field) => getComputedStyle(field, '::placeholder').whiteSpace"
    assert await page.locator(".cw-area").evaluate(lines) == "nowrap"
    await page.close()


async def test_half_of_a_zoomed_window_is_for_reading(chromium: Browser) -> None:
    page = await chromium.new_page(viewport={"width": ZOOMED[0], "height": ZOOMED[1]})
    await page.set_content(BLANK)
    for name, area in (("chat", ".cw-log"), ("rooms", ".cw-rooms-body"), ("people", ".cw-panel")):
        await hold(page, LOOKS[0], name)
        height = await page.evaluate(f"document.body.firstElementChild.shadowRoot.querySelector('{area}').clientHeight")
        assert height >= ZOOMED[1] / 2, name
    await page.close()
