"""The chat looks the same on every page: nothing is inherited, no size is the page's, no rule reaches it by a name."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.dom_tab import dom_tab

pytestmark = pytest.mark.no_cover

TRICKS = Path(__file__).with_name("isolation.js").read_text("utf-8")
HTML = (
    '<!doctype html><html lang="en"><title>Host</title><body style="margin: 0">'
    '<div id="place" style="position: fixed; left: 0; top: 0; width: 700px; height: 600px"></div>'
    '<script src="/page.js"></script></html>'
)
SELECTED = "::selection { color: red; background: blue }"
# What sites say of all their elements, and of some by name; the box that holds the chat is theirs.
RULES = """
:where(:not(html, body, #place, .cw-host, path)), ::before, ::after { box-sizing: content-box; margin: 3px;
  padding: 5px; border: 2px solid red; font-family: serif; letter-spacing: 4px; line-height: 3;
  position: relative; float: left }
p, span, section, header, article, bdi, time { color: red; text-transform: uppercase; display: inline-block }
button, input, textarea { border-radius: 0; box-shadow: 0 0 4px red; width: 100%; min-width: 200px; height: 99px;
  background-image: linear-gradient(red, blue); text-transform: uppercase; -webkit-appearance: auto }
a::after { content: 'x' } label { font-weight: 900; display: block } ul { list-style: square } li { color: red }
svg { display: block; width: 99px } path { fill: red; stroke: blue } form, fieldset { background: red }
h2 { font-size: 50px; color: red }"""
AROUND = [
    "#place { display: flex }",
    "#place { display: flex; flex-direction: column; align-items: flex-start }",
    "#place { display: grid; justify-items: start }",
    "#place { writing-mode: vertical-rl }",
]


@pytest_asyncio.fixture(params=[False, True], ids=["shadow", "page"], loop_scope="session")
async def page(request: pytest.FixtureRequest, chromium: Browser, script: bytes) -> AsyncIterator[Page]:
    """The chat in a shadow root, and in the page itself."""
    async with host_page(chromium, script, in_page=request.param) as tab:
        yield tab


@asynccontextmanager
async def host_page(chromium: Browser, script: bytes, in_page: bool) -> AsyncIterator[Page]:
    """A room with the list of people, a menu over it, a draft; `chat` is the widget."""
    async with dom_tab(chromium, script, HTML, policy="", reduced_motion="reduce") as tab:
        await tab.evaluate(
            "(inPage) => void (window.made = new StrixunChat.DomPage('place', '/style.css', inPage))", in_page
        )
        await tab.add_script_tag(content=TRICKS)
        await tab.evaluate("made.lead()")
        await tab.get_by_label("Message", exact=True).fill("half a thought")
        await tab.get_by_role("button", name="3 people").click()
        await tab.get_by_role("button", name="More for Ben").click()
        await expect(tab.get_by_role("menuitem").first).to_be_focused()
        await tab.evaluate("(place.firstElementChild.shadowRoot ?? document).activeElement?.blur()")
        await tab.mouse.move(699, 699)
        await tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # drawn
        await tab.evaluate("window.chat = (place.firstElementChild.shadowRoot ?? place).querySelector('.cw')")
        yield tab


async def leaks(page: Page, styles: str) -> list[str]:
    found: list[str] = await page.evaluate("(styles) => leaks(chat, styles)", styles)
    return found


async def test_nothing_of_the_page_is_inherited(page: Page) -> None:
    properties: dict[str, str] = await page.evaluate("inherited()")
    assert {"color", "cursor", "font-size", "hyphens", "pointer-events", "text-indent", "user-select"} < {*properties}
    assert len(properties) > 80
    assert await leaks(page, await page.evaluate("handDown(inherited())")) == []
    assert await leaks(page, "html { font-size: 62.5% }") == []


async def test_it_fills_any_kind_of_box(page: Page) -> None:
    for around in AROUND:
        assert await leaks(page, around) == [], around


async def test_a_hidden_place_hides_the_chat(page: Page) -> None:
    await page.evaluate("place.style.visibility = 'hidden'")
    assert await page.evaluate("getComputedStyle(chat.querySelector('textarea')).visibility") == "hidden"


async def test_its_text_grows_with_one_token(page: Page) -> None:
    sizes = "[...new Set([chat, ...chat.querySelectorAll('*')].map((each) => getComputedStyle(each).fontSize))].sort()"
    assert await page.evaluate(sizes) == ["12px", "13px", "15px", "16px", "17px"]
    await page.evaluate("place.style.setProperty('--cw-size', '20px')")
    assert await page.evaluate(sizes) == ["17px", "18px", "20px", "22px"]
    lowest = "Math.min(...[...chat.querySelectorAll('button')].map((each) => each.getBoundingClientRect().height))"
    assert await page.evaluate(lowest) >= 44


async def test_what_is_selected_can_be_read(chromium: Browser, script: bytes) -> None:
    """In Chromium a shadow root inherits that too."""
    async with host_page(chromium, script, in_page=False) as page:
        assert await leaks(page, SELECTED) == []


async def test_in_the_page_its_rules_for_elements_count_for_nothing(chromium: Browser, script: bytes) -> None:
    async with host_page(chromium, script, in_page=True) as page:
        assert await leaks(page, RULES) == []


async def test_in_the_page_it_looks_as_in_its_shadow(chromium: Browser, script: bytes) -> None:
    looks: list[dict[str, str]] = []
    for in_page in (False, True):
        async with host_page(chromium, script, in_page) as page:
            looks.append(json.loads(await page.evaluate("JSON.stringify(looks(chat))")))
    assert {name: (value, looks[1].get(name)) for name, value in looks[0].items() if looks[1].get(name) != value} == {}
