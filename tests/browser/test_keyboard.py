"""The whole chat by keys alone, in a page of its own: what has the focus is always there, in sight and marked."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.dom_tab import dom_tab

pytestmark = pytest.mark.no_cover

MOST_STEPS = 30
# What has the focus, through the shadow root. A heading or a box that was moved to by the program needs no mark.
FOCUS = """() => {
  const root = document.getElementById('place').firstElementChild.shadowRoot, each = root.activeElement
  if (each === null) return { name: '', inside: false, problem: 'it is not in the chat' }
  const box = each.getBoundingClientRect(), style = getComputedStyle(each)
  const around = getComputedStyle(each.closest('.cw-grow') ?? each)
  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || around.boxShadow !== 'none'
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.height > 0
  const name = each.getAttribute('aria-label') ?? [...each.labels ?? []].map((label) => label.textContent).join(' ')
  const problem = each.closest('[inert]') ? 'it lies under something' : !seen ? 'it is out of sight'
    : !marked && each.tabIndex >= 0 ? 'it is not marked' : ''
  return { name: (name || each.textContent).replace(/\\s+/g, ' ').trim(), inside: true, problem }
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, script: bytes) -> AsyncIterator[Page]:
    async with dom_tab(chromium, script, viewport={"width": 360, "height": 640}) as tab:
        await tab.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
        await tab.get_by_label("E-mail").wait_for()
        yield tab


async def focus(page: Page) -> dict[str, Any]:
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: dict[str, Any] = await page.evaluate(FOCUS)
    return found


async def reach(page: Page, name: str, key: str = "Tab") -> None:
    """Press `key` until what is called so has the focus; on the way it is never lost."""
    passed: list[str] = []
    for _ in range(MOST_STEPS):
        await page.keyboard.press(key)
        found = await focus(page)
        passed.append(found["name"])
        assert found["problem"] == "", (found, passed)
        if re.search(name, found["name"]) is not None:
            return
    raise AssertionError(f"no {name} among {passed}")


async def press(page: Page, key: str, then: str) -> None:
    """`then` has the focus afterwards."""
    await page.keyboard.press(key)
    for _ in range(MOST_STEPS):
        found = await focus(page)
        if re.search(then, found["name"]) is not None:
            break
    assert found["problem"] == "", found
    assert re.search(then, found["name"]) is not None, found


async def test_everything_is_done_by_keys(page: Page) -> None:
    await page.focus("#outside")
    await reach(page, "E-mail")
    await page.keyboard.type("ada@example.org")
    await press(page, "Enter", "Code of 8 digits")
    await page.keyboard.type("12345678")
    await page.get_by_role("heading", name="Rooms").wait_for()
    await reach(page, "New room")
    await press(page, "Enter", "Room name")
    await page.keyboard.type("Owls")
    await reach(page, "^Public")
    await press(page, "ArrowDown", "^Private")
    await reach(page, "Create room")
    await press(page, "Enter", "^Message$")
    await page.keyboard.type("hello")
    await press(page, "Enter", "^Message$")
    assert (await page.evaluate("made.calls()"))[-1] == "send_message hello"
    await page.evaluate("made.fail('lost')")
    await page.get_by_text("lost", exact=True).wait_for()
    await reach(page, "Send again", "Shift+Tab")
    await page.keyboard.press("Enter")
    assert (await page.evaluate("made.calls()"))[-1].startswith("retry ")
    await reach(page, "2 people", "Shift+Tab")
    await press(page, "Enter", "People")
    await reach(page, "More for Ben")
    await press(page, "Enter", "Compare numbers")
    await press(page, "Enter", "Compare numbers")
    await reach(page, "They are the same")
    await press(page, "Enter", "More for Ben")
    assert (await page.evaluate("made.calls()"))[-1] == "compare ben True"
    await press(page, "Escape", "2 people")
    await reach(page, "Leave room")
    await press(page, "Enter", "Rooms")
    await reach(page, "Sign out")
    await press(page, "Enter", "Sign out")
    await reach(page, "^Sign out$")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()


async def test_a_guest_comes_in_by_keys(page: Page) -> None:
    await page.evaluate("made.offer('guest mail')")
    await page.get_by_role("heading", name="Come in as a guest").wait_for()
    await page.focus("#outside")
    await reach(page, "Name others see")
    await page.keyboard.type("Gus")
    await page.keyboard.press("Enter")
    assert (await page.evaluate("made.calls()"))[-1] == "become_guest Gus"
    await reach(page, "Continue as guest")
    await reach(page, "Sign in by e-mail")
    await press(page, "Enter", "E-mail")


async def test_devices_are_let_in_and_ended_by_keys(page: Page) -> None:
    await page.evaluate("made.lobby(3)")
    await page.get_by_role("heading", name="Rooms").wait_for()
    await page.focus("#outside")
    await reach(page, "Sign out")
    await press(page, "Enter", "Sign out")
    await reach(page, "Your devices")
    await press(page, "Enter", "Cancel")
    await page.get_by_text("Safari, iOS").wait_for()
    await reach(page, "Let in", "Shift+Tab")
    await press(page, "Enter", ".")
    assert (await page.evaluate("made.calls()"))[-1] == "approve bb"
    await reach(page, "^Sign out$")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Safari, iOS")).to_have_count(0)
    assert (await page.evaluate("made.calls()"))[-1] == "end bb"
    await press(page, "Escape", "Sign out")


async def test_the_page_around_can_be_left_and_come_back_to(page: Page) -> None:
    """No trap: Tab goes through the chat and out of it, both ways."""
    await page.focus("#outside")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(MOST_STEPS):
            await page.keyboard.press(key)
            if not (await focus(page))["inside"]:
                break
        assert not (await focus(page))["inside"], key
