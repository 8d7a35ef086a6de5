"""A phone: the chat above the keyboard and out of the corners, fields that do not zoom, targets for fingers.

No browser without a screen has a keyboard on it, so `visualViewport` is one that the test moves; zooming, touch,
corners and everything else are Chromium's own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.dom_tab import dom_tab, frame
from tests.browser.screens import BLANK, Look, hold
from tests.browser.theming import show

pytestmark = pytest.mark.no_cover

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 664}, "has_touch": True, "is_mobile": True, "device_scale_factor": 3,
}  # fmt: skip
TABLET: dict[str, Any] = {**PHONE, "viewport": {"width": 820, "height": 1180}}
HEIGHT, KEYBOARD, PANNED = 664, 300, 120
FIELD_PX, TOUCH_PX, MANY_PX = 16, 44, 24  # the last for what stands side by side (WCAG 2.5.8)
HTML = (
    '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width, viewport-fit=cover">'
    '<title>Phone</title><body style="margin: 0">BEFORE<div id="place" style="height: HIGH"></div>AFTER'
    '<script src="/page.js"></script></html>'
)
VIEW = """() => {
  const view = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 })
  Object.defineProperty(window, 'visualViewport', { value: view })
  window.keyboard = (px, panned, event = 'resize') => {
    Object.assign(view, { height: innerHeight - px, offsetTop: panned })
    view.dispatchEvent(new Event(event))
  }
}"""
PLACES = """() => {
  const chat = document.querySelector('.cw-host').shadowRoot
  const box = (name) => chat.querySelector(name).getBoundingClientRect()
  const last = [...chat.querySelectorAll('.cw-bubble')].at(-1).getBoundingClientRect()
  return { top: box('.cw-app').top, bottom: box('.cw-write').bottom, composer: box('.cw-write').top, last: last.bottom }
}"""


@asynccontextmanager
async def phone(
    chromium: Browser, script: bytes, mode: str = "", html: str = HTML, device: dict[str, Any] = PHONE
) -> AsyncIterator[Page]:
    """In a room with a hundred messages, the field with the focus; `keyboard(px, panned)` comes and goes."""
    html = html.replace("BEFORE", "").replace("AFTER", "").replace("HIGH", "100vh")
    async with dom_tab(chromium, script, html, policy="", reduced_motion="reduce", **device) as tab:
        await tab.evaluate(VIEW)
        await tab.evaluate("(mode) => void (made = new StrixunChat.DomPage('place', '/style.css', false, mode))", mode)
        if mode != "":
            await tab.get_by_role("button", name="Open the chat").tap()
        await tab.evaluate("made.enter(100)")
        await tab.get_by_text("message 99").wait_for()
        await tab.get_by_label("Message", exact=True).tap()
        await frame(tab)
        yield tab


async def places(page: Page) -> dict[str, float]:
    await frame(page)
    found: dict[str, float] = await page.evaluate(PLACES)
    return found


def fits(found: dict[str, float], top: float, bottom: float, slack: float = 1) -> bool:
    """It fills what is seen, with the newest message above the composer."""
    return (
        abs(found["top"] - top) <= slack
        and abs(found["bottom"] - bottom) <= slack
        and found["last"] <= found["composer"]
        and found["last"] > found["composer"] - 60
    )


@pytest.mark.parametrize("mode", ["bubble", "panel", ""])
async def test_one_writes_above_the_keyboard_and_sees_the_newest(chromium: Browser, script: bytes, mode: str) -> None:
    async with phone(chromium, script, mode) as page:
        assert fits(await places(page), 0, HEIGHT)
        await page.evaluate("(px) => keyboard(px, 0)", KEYBOARD)
        assert fits(await places(page), 0, HEIGHT - KEYBOARD)
        await page.evaluate("([px, panned]) => keyboard(px, panned, 'scroll')", [KEYBOARD, PANNED])
        assert fits(await places(page), PANNED, HEIGHT - KEYBOARD + PANNED)
        await page.get_by_label("Message", exact=True).evaluate("(field) => field.blur()")
        await page.evaluate("keyboard(0, 0)")
        assert fits(await places(page), 0, HEIGHT)


async def test_the_keyboard_of_another_field_moves_nothing(chromium: Browser, script: bytes) -> None:
    async with phone(chromium, script, "bubble") as page:
        await page.get_by_label("Message", exact=True).evaluate("(field) => field.blur()")
        await page.evaluate("(px) => keyboard(px, 0)", KEYBOARD)
        assert fits(await places(page), 0, HEIGHT)


async def test_who_zooms_in_sees_a_part_of_the_same(chromium: Browser, script: bytes) -> None:
    """With the browser's own view of it."""
    html = HTML.replace("<title>", "<script>window.real = visualViewport</script><title>")
    async with phone(chromium, script, "bubble", html) as page:
        before = await places(page)
        await page.evaluate("() => Object.defineProperty(window.visualViewport, 'scale', { get: () => real.scale })")
        session = await page.context.new_cdp_session(page)
        await session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
        await page.wait_for_function("() => real.scale > 1.9")
        await page.evaluate("(px) => keyboard(px, 0)", HEIGHT / 2)
        assert await places(page) == before


async def test_a_browser_that_tells_nothing_of_its_view_shows_the_chat_as_ever(
    chromium: Browser, script: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Firefox before 91."""
    nothing = "() => Object.defineProperty(window, 'visualViewport', { value: undefined })"
    monkeypatch.setitem(globals(), "VIEW", nothing)
    async with phone(chromium, script, "bubble") as page:
        assert fits(await places(page), 0, HEIGHT)


async def test_a_bubble_on_a_tablet_stays_whole_above_the_keyboard(chromium: Browser, script: bytes) -> None:
    async with phone(chromium, script, "bubble", device=TABLET) as page:
        await page.evaluate("(px) => keyboard(px, 0)", 700)
        found = await places(page)
        assert found["top"] >= 0
        assert found["bottom"] <= 1180 - 700
        assert found["last"] <= found["composer"]


async def test_a_chat_further_down_in_a_page_keeps_its_place(chromium: Browser, script: bytes) -> None:
    """It is seen whole beside the keyboard: nothing has to give."""
    html = HTML.replace("BEFORE", '<p style="height: 80px; margin: 0">x</p>').replace("HIGH", "260px")
    async with phone(chromium, script, "", html) as page:
        before = await places(page)
        await page.evaluate("(px) => keyboard(px, 0)", KEYBOARD)
        assert await places(page) == before


async def test_a_chat_that_began_out_of_sight_is_whole_without_a_keyboard(chromium: Browser, script: bytes) -> None:
    """A tablet with keys of its own: nothing but the focus comes."""
    html = HTML.replace("BEFORE", '<p style="height: 900px; margin: 0">x</p>').replace("HIGH", "500px")
    async with phone(chromium, script, "", html) as page:
        found = await places(page)
        assert found["bottom"] - found["top"] > 490
        assert found["last"] <= found["composer"]


async def test_a_removed_chat_does_not_hear_of_the_keyboard(chromium: Browser, script: bytes) -> None:
    async with phone(chromium, script, "bubble") as page:
        await page.evaluate("""() => {
          window.left = 0
          const off = visualViewport.removeEventListener
          visualViewport.removeEventListener = function (...given) { left += 1; off.apply(this, given) }
          made.remove()
        }""")
        assert await page.evaluate("left") == 2
        await page.evaluate("keyboard(10, 0)")


async def test_what_a_finger_has_touched_is_as_before(chromium: Browser, script: bytes) -> None:
    async with phone(chromium, script) as page:
        people = page.get_by_role("button", name="2 people")
        await people.tap()
        await page.keyboard.press("Escape")
        assert await people.evaluate("(it) => it.matches(':hover')")
        await expect(people).to_have_css("background-color", "rgba(0, 0, 0, 0)")


async def test_it_stays_out_of_the_corners(chromium: Browser, script: bytes) -> None:
    async with phone(chromium, script, "bubble") as page:
        session = await page.context.new_cdp_session(page)
        insets = {"top": 47, "left": 20, "bottom": 34, "right": 20}
        await session.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
        boxes = """() => {
          const chat = document.querySelector('.cw-host').shadowRoot
          return ['.cw-bar', '.cw-write', '.cw-launcher'].map((name) => {
            const box = chat.querySelector(name).getBoundingClientRect()
            return [box.left, box.top, box.right, box.bottom]
          })
        }"""
        await frame(page)
        bar, write, close = await page.evaluate(boxes)
        assert bar[:3] == [20, 47, 370]
        assert write[3] == HEIGHT - 34
        assert close[1] >= 47
        assert close[2] <= 370
        await page.evaluate("(px) => keyboard(px, 0)", KEYBOARD)  # that covers the lower corners itself
        await frame(page)
        assert (await page.evaluate(boxes))[1][3] == HEIGHT - KEYBOARD
        await page.evaluate("keyboard(0, 0)")
        await page.get_by_role("button", name="Close the chat").tap()
        await frame(page)
        launcher = (await page.evaluate(boxes.replace("'.cw-bar', '.cw-write', ", "")))[0]
        assert launcher[2] <= 370
        assert launcher[3] <= HEIGHT - 34


SMALL = """([field, touch, many]) => [...document.body.children].flatMap((host) => {
  const targets = 'button, input, textarea, label.cw-choice, [role=option], .cw-cell'
  const seen = [...host.shadowRoot.querySelectorAll(targets)]
    .filter((each) => each.getClientRects().length > 0 && each.closest('.cw-hidden') === null)
  return seen.flatMap((each) => {
    const box = (each.closest('.cw-grow, label.cw-choice') ?? each).getBoundingClientRect(), found = []
    const label = `${host.id}: ${each.className} ${each.ariaLabel ?? each.textContent}`
    const least = each.matches('.cw-jump, .cw-cell') ? many : touch - 0.01
    if (box.width < least || box.height < least) found.push(`${label} ${box.width} x ${box.height}`)
    const writes = each.matches('textarea, input:not([type=checkbox], [type=radio])')
    if (writes && parseFloat(getComputedStyle(each).fontSize) < field) found.push(`${label} zooms`)
    return found
  })
})"""


@pytest.mark.parametrize("styles", ["", "--cw-size: 11px; --cw-density: 0; --cw-avatar-size: 9px; --cw-launcher: 10px"])
async def test_every_target_is_for_a_finger_and_no_field_zooms(chromium: Browser, styles: str) -> None:
    page = await chromium.new_page(**PHONE, reduced_motion="reduce")
    await page.set_content(BLANK)
    await show(page, look=Look("light", "ltr", 390, 664))
    await page.evaluate("(styles) => { document.body.style.cssText += styles }", styles)
    assert await page.evaluate("matchMedia('(pointer: coarse)').matches")
    assert await page.evaluate(SMALL, [FIELD_PX, TOUCH_PX, MANY_PX]) == []
    assert len(await page.evaluate(SMALL, [30, 3000])) > 200
    await page.close()


async def test_a_room_begins_without_the_keyboard_and_sending_keeps_it(chromium: Browser, script: bytes) -> None:
    html = HTML.replace("BEFORE", '<p style="height: 900px">x</p>').replace("HIGH", "500px")
    async with dom_tab(chromium, script, html.replace("AFTER", ""), policy="", **PHONE) as page:
        await page.evaluate("() => void (window.made = new StrixunChat.DomPage('place', '/style.css'))")
        await page.evaluate("made.lobby(3)")
        await page.get_by_role("button", name="Join Room 1").wait_for()
        assert await page.evaluate("scrollY") == 0
        await page.get_by_role("button", name="Join Room 1").tap()  # not taken if the list has just moved
        await page.evaluate("made.enter(3)")
        field = page.get_by_label("Message", exact=True)
        await field.wait_for()
        await expect(field).not_to_be_focused()
        await field.tap()
        await field.fill("kept")
        seen = await page.evaluate("scrollY")
        await page.get_by_role("button", name="Send").tap()
        await expect(field).to_have_value("")
        await expect(field).to_be_focused()
        assert (await page.evaluate("made.calls()"))[-1] == "send_message kept"
        assert await page.evaluate("scrollY") == seen


async def test_a_chat_is_no_higher_than_what_a_phone_shows(chromium: Browser) -> None:
    """Its browser's bars take from `100vh`; the older unit stands before the newer one, for who knows only that."""
    page = await chromium.new_page(**PHONE)
    await page.set_content(BLANK)
    await hold(page, Look("light", "ltr", 390, 664), "chat")
    sheet = "document.body.firstElementChild.shadowRoot.styleSheets[0]"
    host = f"[...{sheet}.cssRules].find((rule) => rule.selectorText?.startsWith(':host'))"
    assert await page.evaluate(f"{host}.style.maxHeight") == "100dvh"
    await page.close()


# What of the header is cut off or lies under something, and how many lines its words under the name have.
HEADER = """() => {
  const root = document.querySelector('.cw-host').shadowRoot, found = []
  for (const each of root.querySelectorAll('.cw-bar button, .cw-launcher')) {
    const box = each.getBoundingClientRect()
    const top = root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    if (!each.contains(top) || box.right > innerWidth) found.push(each.ariaLabel)
  }
  const badge = root.querySelector('.cw-badge'), style = getComputedStyle(badge)
  if (badge.scrollWidth > badge.clientWidth) found.push(badge.textContent)
  return [found, Math.round(badge.clientHeight / parseFloat(style.lineHeight))]
}"""


@pytest.mark.parametrize("mode", ["bubble", "panel"])
async def test_the_header_of_a_room_is_whole_in_300_by_320(chromium: Browser, script: bytes, mode: str) -> None:
    device = {**PHONE, "viewport": {"width": 300, "height": 320}}
    async with phone(chromium, script, mode, device=device) as page:
        assert await page.get_by_text("Connected directly").is_visible()
        assert await page.evaluate(HEADER) == [[], 2]


async def test_the_list_of_people_lies_above_the_button_that_closes_the_chat(chromium: Browser, script: bytes) -> None:
    async with phone(chromium, script, "bubble") as page:
        await page.get_by_role("button", name="2 people").tap()
        close = page.locator(".cw-panel-bar button").last
        box = await close.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] > PHONE["viewport"]["width"] - 20
        await close.tap()  # and not what is below
        await expect(close).to_have_count(0)
        await expect(page.get_by_role("log")).to_be_visible()


async def test_a_notice_can_be_put_away_beside_the_button_that_closes_the_chat(
    chromium: Browser, script: bytes
) -> None:
    async with phone(chromium, script, "bubble") as page:
        await page.evaluate("made.trouble('The room has ended. Leave it and choose another.')")
        await expect(page.locator(".cw-banner")).to_be_visible()
        await page.locator(".cw-banner button").tap()
        await expect(page.locator(".cw-banner")).to_have_count(0)
        await expect(page.get_by_label("Message", exact=True)).to_be_visible()
