"""A chat in a window of its own: same room, same draft, and back in its place when the window or the page goes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from examples.demo.server import listen, port_of, serving
from tests.browser.conftest import ROOT, Arrive
from tests.browser.host import HostPage, lax, running_host
from tests.browser.meeting import meet, talk
from tests.browser.pages.chat import Chat
from tests.browser.person import Person
from tests.browser.site import Site
from tests.browser.test_owner_mistakes import Pages
from tests.browser.test_packages import CORNER

pytestmark = pytest.mark.no_cover

SETTINGS: dict[str, dict[str, Any]] = {
    "popout": {"mode": "popout", "containerId": None},
    "bubble": {"mode": "bubble", "containerId": None},
    "plain": {},
}
# A click of the page, as its own button would be.
BUTTON = """() => {
  const button = document.createElement('button')
  button.textContent = 'Own window'
  button.onclick = () => chat.popOut()
  document.body.prepend(button)
}"""
FILLS = """() => {
  const box = document.querySelector('.cw-host').getBoundingClientRect()
  return [box.left, box.top, box.width - innerWidth, box.height - innerHeight]
}"""
VIOLATION = """() => new Promise((done) => {
  document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective))
  document.body.setAttribute('style', 'color: red')
})"""
NPM = """<!doctype html><meta charset="utf-8"><title>npm</title><div id="chat" style="height: 600px"></div>
<script type="module">
  import { ChatWidget } from './index.mjs'
  window.chat = new ChatWidget({
    containerId: 'chat', authApiUrl: 'ORIGIN/auth', signalingUrl: 'ORIGIN/signal', otpEncryptionKey: 'KEY',
    autoAuth: true, mountInPage: IN_PAGE,
  })
</script>"""
GROUND = "(app) => getComputedStyle(app.closest('.cw')).backgroundColor"


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    listener = listen(0)
    with serving(Pages(site, SETTINGS).app(), listener):
        yield f"http://localhost:{port_of(listener)}"


async def go_out(person: Person, button: str = "Own window") -> Page:
    if button == "Own window":
        await person.page.evaluate(BUTTON)
    async with person.page.expect_popup() as opened:
        await person.page.get_by_role("button", name=button).click()
    window = await opened.value
    window.on("pageerror", lambda error: person.complaints.append(str(error)))
    await window.get_by_role("region", name="Chat").wait_for()
    return window


async def test_a_chat_goes_out_with_room_and_draft_and_comes_back(arrive: Arrive, host: str) -> None:
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await ada.come_in("ada.popped@example.org", "Ada", "/plain")
    await ada.rooms.create("out")
    await ada.chat.input.fill("half a sent")
    window = await go_out(ada)
    assert await window.evaluate(FILLS) == [0, 0, 0, 0]
    assert await window.title() == "A page of somebody"
    await expect(ada.page.get_by_role("region", name="Chat")).to_have_count(0)
    there = Chat(window)
    await expect(there.input).to_have_value("half a sent")
    await there.input.press_sequentially("ence")
    await there.input.press("Enter")
    await ben.come_in("ben.popped@example.org", "Ben", "/plain")
    await ben.rooms.join("out")
    await ben.chat.say("heard out there")
    await there.hears("heard out there")
    await there.input.fill("and another")
    await window.evaluate("() => { window.requestAnimationFrame = () => { window.owes = true } }")
    await ben.chat.say("while it closes")
    await window.wait_for_function("() => window.owes", polling=50)
    await window.close()
    await ada.chat.hears("while it closes")
    await ada.chat.hears("heard out there")
    await expect(ada.chat.input).to_have_value("and another")
    await ada.chat.input.press("Enter")
    await ben.chat.hears("and another")
    assert await ada.page.evaluate("errors") == []


async def test_a_hidden_page_draws_its_window_on(arrive: Arrive, host: str) -> None:
    """Its own frames never come then, nor what it is told of sizes."""
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await ada.come_in("ada.behind@example.org", "Ada", "/plain")
    await ada.rooms.create("behind")
    await ada.chat.input.wait_for()
    window = await go_out(ada)
    await ada.page.evaluate(
        """() => {
          window.requestAnimationFrame = () => 0
          window.ResizeObserver.prototype.observe = () => {}
          Object.defineProperty(document, 'hidden', { get: () => true })
        }"""
    )
    await ben.come_in("ben.behind@example.org", "Ben", "/plain")
    await ben.rooms.join("behind")
    await ben.chat.say("still drawn")
    await Chat(window).hears("still drawn")
    await window.set_viewport_size({"width": 900, "height": 600})
    await expect(window.locator(".cw")).to_have_attribute("data-wide", "")
    assert await window.evaluate(FILLS) == [0, 0, 0, 0]


async def test_the_button_of_a_popout_opens_a_window(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/popout")
    await ada.page.evaluate("() => { window.heard = []; chat.on('open', () => heard.push('open')) }")
    await ada.page.evaluate("() => { chat.on('close', () => heard.push('close')) }")
    window = await go_out(ada, "Open the chat")
    await expect(ada.page.get_by_role("button", name="Open the chat")).to_have_count(0)
    await expect(window.get_by_role("button", name="Close the chat")).to_have_count(0)
    await window.set_viewport_size({"width": 300, "height": 320})
    assert await window.evaluate(FILLS) == [0, 0, 0, 0]
    await window.close()
    await expect(ada.page.get_by_role("button", name="Open the chat")).to_be_visible()
    await expect(ada.page.get_by_role("region", name="Chat")).to_have_count(0)
    assert await ada.page.evaluate("heard") == ["open", "close"]
    again = await go_out(ada, "Open the chat")
    await ada.page.evaluate("() => chat.destroy()")
    await expect(ada.page.locator(".cw-host")).to_have_count(0)
    assert again.is_closed() or await again.wait_for_event("close") is not None


@pytest.mark.parametrize("mode", ["popout", "bubble", "plain"])
async def test_where_no_window_opens_the_chat_stays_and_says_so(arrive: Arrive, host: str, mode: str) -> None:
    ada = await arrive(origin=host)
    await ada.page.add_init_script("window.open = () => null")
    await ada.visit(f"/{mode}")
    await ada.page.evaluate("() => chat.popOut()")
    await expect(ada.page.get_by_text("The browser opens no window.")).to_be_visible()
    await ada.sign_in.email.wait_for()
    assert await ada.page.evaluate("errors") == []


async def test_the_window_goes_with_its_page_and_the_room_stays(arrive: Arrive, host: str) -> None:
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await ada.come_in("ada.window@example.org", "Ada", "/plain")
    await ada.rooms.create("reload out")
    await ada.chat.input.wait_for()
    await ben.come_in("ben.window@example.org", "Ben", "/plain")
    await ben.rooms.join("reload out")
    await talk(ada, ben)
    window = await go_out(ada)
    await asyncio.gather(window.wait_for_event("close"), ada.page.reload())
    await ada.chat.hears("hello from Ben")
    await talk(ada, ben, "again")


async def test_a_window_twice_is_one(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/bubble")
    window = await go_out(ada)
    assert await window.locator(".cw-app").evaluate(GROUND) != "rgba(0, 0, 0, 0)"
    await ada.page.get_by_role("button", name="Own window").click()
    await ada.page.evaluate("() => chat.popOut()")
    assert len(ada.context.pages) == 2


@pytest.fixture(scope="module")
def strict(site: Site) -> Iterator[str]:
    with running_host(site, {"strict": HostPage(), "plain": lax()}) as origin:
        yield origin


async def test_a_strict_policy_holds_in_the_window_too(arrive: Arrive, strict: str) -> None:
    ada, ben = await arrive(origin=strict), await arrive(origin=strict)
    await meet(ada, ben, "strictout", "strict")
    async with ada.page.expect_popup() as opened:
        await ada.page.evaluate("() => document.querySelector('script[src*=chat-widget]').chat.popOut()")
    window = await opened.value
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    there = Chat(window)
    await there.say("under the policy")
    await ben.chat.hears("under the policy")
    assert await window.locator(".cw-app").evaluate(GROUND) != "rgba(0, 0, 0, 0)"
    assert said == []
    assert await window.evaluate(VIOLATION) == "style-src-attr"


# What docs/THEMING.md offers.
OWN_STYLE = """() => document.head.insertAdjacentHTML('beforeend',
  '<style>#chat { --cw-ground: rgb(1, 2, 3) } ::part(field) { letter-spacing: 3px }</style>')"""


async def test_the_styles_of_the_page_count_in_the_window(arrive: Arrive, strict: str) -> None:
    """But not those that give the chat's place a size."""
    ada = await arrive(origin=strict)
    await ada.visit("/plain")
    await ada.page.evaluate(OWN_STYLE)
    async with ada.page.expect_popup() as opened:
        await ada.page.evaluate("() => document.querySelector('script[src*=chat-widget]').chat.popOut()")
    window = await opened.value
    await expect(window.locator(".cw")).to_have_css("background-color", "rgb(1, 2, 3)")
    await expect(window.get_by_label("E-mail")).to_have_css("letter-spacing", "3px")
    await expect(window.locator(".cw-host")).to_have_css("letter-spacing", "0.5px")  # host.css, of the page's file
    assert await window.evaluate(FILLS) == [0, 0, 0, 0]


@pytest.mark.parametrize("in_page", ["true", "false"])
async def test_a_style_on_board_goes_out_and_comes_back(arrive: Arrive, site: Site, in_page: str) -> None:
    """A constructed sheet is of one document."""
    ada = await arrive()
    html = NPM.replace("ORIGIN", site.origin).replace("KEY", site.service_key).replace("IN_PAGE", in_page)
    await ada.page.route("**/npm/", lambda route: route.fulfill(body=html, content_type="text/html"))
    await ada.page.route("**/npm/*.mjs", lambda route: route.fulfill(path=ROOT / "npm_dist" / "index.mjs"))
    await ada.visit("/npm/")
    await ada.sign_in.email.wait_for()
    window = await go_out(ada)
    assert await window.get_by_label("E-mail").evaluate(CORNER) == "10px"
    await window.close()
    await ada.sign_in.email.wait_for()
    assert await ada.sign_in.email.evaluate(CORNER) == "10px"
    assert await ada.page.evaluate("document.adoptedStyleSheets.length") == (1 if in_page == "true" else 0)
