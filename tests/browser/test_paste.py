"""What is pasted into the field: a browser's own way of it, and what we refuse."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.dom_tab import ORIGIN, dom_tab

PICTURE = """async () => {
  const canvas = new OffscreenCanvas(8, 8)
  canvas.getContext('2d').fillRect(0, 0, 8, 8)
  const image = await canvas.convertToBlob({ type: 'image/png' })
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })])
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def field(chromium: Browser, script: bytes) -> AsyncIterator[Locator]:
    """Where one writes, in a page that may use the clipboard."""
    async with dom_tab(chromium, script) as tab:
        await tab.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=ORIGIN)
        await tab.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
        await tab.evaluate("made.enter(1)")
        await tab.get_by_label("Message", exact=True).fill("before ")
        yield tab.get_by_label("Message", exact=True)


async def paste(field: Locator, text: str) -> Page:
    page = field.page
    await page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    await field.press("ControlOrMeta+v")
    return page


async def test_every_end_of_a_line_is_one(field: Locator) -> None:
    page = await paste(field, "one\r\ntwo\rthree\nfour")
    await expect(field).to_have_value("before one\ntwo\nthree\nfour")
    await field.press("Enter")
    assert await page.evaluate("made.calls()") == ["send_message before one\ntwo\nthree\nfour"]


async def test_what_is_a_little_too_long_can_be_cut(field: Locator) -> None:
    page = await paste(field, "x" * 4_001)
    await expect(page.get_by_text("8 too many")).to_be_visible()
    for _ in range(8):
        await field.press("Backspace")
    await field.press("Enter")
    assert await page.evaluate("made.calls()") == ["send_message before " + "x" * 3_993]


async def test_what_is_much_too_long_is_refused_and_stays_on_the_clipboard(field: Locator) -> None:
    page = await paste(field, "x" * 20_001)
    await expect(page.get_by_text("This is too long for a message.")).to_be_visible()
    await expect(field).to_have_value("before ")
    assert await page.evaluate("() => navigator.clipboard.readText().then((text) => text.length)") == 20_001


async def test_a_picture_is_answered_with_a_sentence(field: Locator) -> None:
    page = field.page
    await page.evaluate(PICTURE)
    await field.press("ControlOrMeta+v")
    await expect(page.get_by_text("Only text can be sent.")).to_be_visible()
    await expect(field).to_have_value("before ")
