"""The chat beside the page's own content: a bubble or a panel that a button opens, an overlay without anything else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from examples.demo.server import listen, port_of, serving
from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.browser.site import Site
from tests.browser.test_owner_mistakes import Pages

pytestmark = pytest.mark.no_cover

SETTINGS: dict[str, dict[str, Any]] = {
    "bubble": {"mode": "bubble", "containerId": None},
    "panel": {"mode": "panel", "containerId": None},
    "overlay": {"mode": "overlay"},
    "inline": {"mode": "inline"},
    "unknown": {"mode": "round"},
}
HEARD = """() => {
  window.heard = []
  for (const name of ['open', 'close', 'unread']) chat.on(name, (it) => heard.push([name, it]))
}"""


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    listener = listen(0)
    with serving(Pages(site, SETTINGS).app(), listener):
        yield f"http://localhost:{port_of(listener)}"


def opener(page: Page) -> Locator:
    return page.get_by_role("button", name="Open the chat")


async def floating(arrive: Arrive, host: str, name: str, mode: str = "bubble", **options: Any) -> Person:
    """Signed in, in front of the rooms of an open chat."""
    person = await arrive(origin=host, **options)
    await person.visit(f"/{mode}")
    await person.page.evaluate(HEARD)
    await opener(person.page).click()
    await person.sign_in.ask_for_code(f"{name.lower()}.{mode}@example.org", name)
    await person.sign_in.enter(await person.code_for(f"{name.lower()}.{mode}@example.org"))
    await person.rooms.title.wait_for()
    return person


async def test_a_bubble_counts_what_comes_while_it_is_closed(arrive: Arrive, host: str) -> None:
    ada, ben = await asyncio.gather(floating(arrive, host, "Ada"), floating(arrive, host, "Ben"))
    await ada.rooms.create("bubbles")
    await ada.chat.input.wait_for()
    await ben.rooms.join("bubbles")
    await ben.chat.is_connected("Connected directly")
    await ada.page.keyboard.press("Escape")
    await expect(ada.chat.messages).to_have_count(0)
    await expect(opener(ada.page)).to_be_focused()
    for text in ("one", "two"):
        await ben.chat.say(text)
    await expect(ada.page.get_by_role("button", name="Open the chat, 2 new messages")).to_be_visible()
    await expect(ada.page.get_by_text("2", exact=True)).to_be_visible()
    await ada.page.evaluate("chat.toggle()")
    await ada.chat.hears("two")
    await expect(ada.page.get_by_role("button", name="Close the chat")).to_be_visible()
    assert await ada.page.evaluate("heard") == [
        ["open", None], ["close", None], ["unread", 1], ["unread", 2], ["unread", 0], ["open", None],
    ]  # fmt: skip
    await ada.page.evaluate("chat.open(); chat.close(); chat.close()")
    await expect(ada.chat.messages).to_have_count(0)
    assert (await ada.page.evaluate("heard"))[6:] == [["close", None]]
    assert await ada.page.evaluate("errors") == []


@pytest.mark.parametrize("mode", ["inline", "overlay"])
async def test_a_chat_in_its_place_is_whole_in_300_by_320(arrive: Arrive, host: str, mode: str) -> None:
    """Signing in, a room and what is said there: nothing is cut off at the side, and the field is in sight."""
    ada = await arrive(origin=host, viewport={"width": 300, "height": 320})
    await ada.come_in(f"ada.small.{mode}@example.org", "Ada", f"/{mode}")
    await ada.rooms.create(f"small {mode}")
    log = ada.page.get_by_role("log")
    await log.wait_for()
    await ada.page.evaluate("() => chat.sendMessage('a word ' + 'and another '.repeat(9) + 'W'.repeat(90))")
    await ada.page.get_by_text("and another").wait_for()
    wide = "(root) => [...root.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > 300).length"
    assert await ada.page.locator(".cw").evaluate(wide) == 0
    assert await log.evaluate("(log) => log.scrollWidth - log.clientWidth") == 0
    if mode == "inline":
        await ada.chat.input.scroll_into_view_if_needed()
        await expect(ada.chat.input).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("mode", ["bubble", "panel"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 640), (300, 320)])
async def test_a_floating_chat_is_whole_on_every_screen(
    arrive: Arrive, host: str, mode: str, width: int, height: int
) -> None:
    """Open or closed, nothing of it is outside of the window, and the page does not grow."""
    ada = await arrive(origin=host, viewport={"width": width, "height": height}, reduced_motion="reduce")
    await ada.visit(f"/{mode}")

    async def fits(what: Locator) -> None:
        box = await what.bounding_box()
        assert box is not None
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height

    await fits(opener(ada.page))
    before = await ada.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    await opener(ada.page).click()
    await fits(ada.page.get_by_role("region", name="Chat"))
    await fits(ada.page.get_by_role("button", name="Close the chat"))
    after = await ada.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert after == before
    await ada.page.get_by_role("button", name="Close the chat").click()
    await expect(ada.page.get_by_role("region", name="Chat")).to_have_count(0)


async def test_escape_closes_what_is_open_in_the_chat_before_the_chat(arrive: Arrive, host: str) -> None:
    ada = await floating(arrive, host, "Zoe", "panel")
    await ada.page.get_by_role("button", name="Sign out").click()
    await ada.page.get_by_role("dialog", name="Sign out?").wait_for()
    await ada.page.keyboard.press("Escape")
    await expect(ada.page.get_by_role("dialog", name="Sign out?")).to_have_count(0)
    await expect(ada.rooms.title).to_be_visible()
    await ada.page.keyboard.press("Escape")
    await expect(ada.rooms.title).to_have_count(0)


async def test_the_page_opens_a_room_and_sets_the_theme(arrive: Arrive, host: str) -> None:
    ada, ben = await asyncio.gather(floating(arrive, host, "Uma"), floating(arrive, host, "Vic"))
    await ada.rooms.create("rooms of a page")
    await ada.chat.input.wait_for()
    await ben.page.evaluate("(room) => chat.setRoom(room)", await ada.page.evaluate("chat.getState().room.roomId"))
    await ben.chat.is_connected("Connected directly")
    for theme in ("dark", "light", "auto", "contrast", ""):
        await ben.page.evaluate("(theme) => chat.setTheme(theme)", theme)
        assert await ben.page.locator(".cw").get_attribute("data-theme") == theme
    thrown = "(() => { try { chat.setTheme('blue') } catch (error) { return error.code } })()"
    assert await ben.page.evaluate(thrown) == "config.value"


async def test_an_overlay_shows_what_is_said_and_nothing_else(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.come_in("ada.overlay@example.org", "Ada", "/overlay")
    notes = ada.page.locator(".cw-toasts")
    await expect(notes).not_to_have_css("display", "none")
    await ada.rooms.create("overlaid")
    await ada.page.get_by_role("log").wait_for()
    await expect(ada.page.get_by_role("log").get_by_role("button")).to_have_count(0)  # of an empty room
    await ada.page.evaluate("chat.sendMessage('on the picture')")
    await ada.chat.hears("on the picture")
    for aside in ("Today", "Who comes later does not see what was said before."):
        await expect(ada.page.get_by_text(aside)).to_be_hidden()
    await expect(ada.page.get_by_role("button")).to_have_count(0)
    await expect(ada.page.get_by_role("textbox")).to_have_count(0)
    await expect(notes).to_have_css("display", "none")
    await expect(ada.page.get_by_role("log")).to_have_css("text-shadow", re.compile("1px 1px"))
    await expect(ada.page.locator(".cw-bubble")).to_have_css("text-shadow", "none")
    transparent = "(root) => getComputedStyle(root).backgroundColor"
    assert await ada.page.locator(".cw").evaluate(transparent) == "rgba(0, 0, 0, 0)"


async def test_a_mode_that_is_none_is_a_mistake_of_the_page(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/unknown")
    sentence = "mode must be one of 'inline', 'bubble', 'panel', 'overlay', 'popout'."
    await expect(ada.page.get_by_role("alert")).to_contain_text(sentence)
    assert await ada.page.evaluate("[thrown, errors]") == ["config.value", [["config.value", sentence]]]
