"""What owners of pages get wrong most often is said in words, on the screen and to `onError`."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Frame, Page, async_playwright, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from examples.demo.server import listen, port_of, serving
from tests.browser.conftest import FLAGS, Arrive, find_browser
from tests.browser.person import Person
from tests.browser.site import Site

FOREIGN_HOST = "stranger.test"
PAGE = """<!doctype html><meta charset="utf-8"><title>A page of somebody</title>
<div id="shelf"><div id="chat" style="height: 600px"></div></div>
<script src="SCRIPT"></script>
<script>
  window.errors = []
  const given = { containerId: 'chat', ...SETTINGS, onError: (error) => errors.push([error.code, error.message]) }
  try { window.chat = new StrixunChat.ChatWidget(given) } catch (error) { window.thrown = error.code }
</script>"""
# Loaded in a way that hides where the script comes from.
EVALUATED = "<script>fetch('SCRIPT').then((it) => it.text()).then((text) => { (0, eval)(text); begin() })</script>"
AROUND = '<!doctype html><iframe sandbox="allow-scripts allow-forms" style="height: 600px" src="/plain"></iframe>'
REFUSAL = "Failed to load resource|Chat error"


@dataclass(frozen=True)
class Pages:
    """One host with pages that differ in their settings."""

    site: Site
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/favicon.ico", lambda _: Response(status_code=204)),
                Route("/around", lambda _: HTMLResponse(AROUND)),
                Route("/{name}", self._page),
            ]
        )

    def _page(self, request: Request) -> HTMLResponse:
        name, origin = request.path_params["name"], self.site.origin
        settings = {
            "authApiUrl": f"{origin}/auth", "signalingUrl": f"{origin}/signal", "autoAuth": True,
            "otpEncryptionKey": self.site.service_key, **self.settings[name],
        }  # fmt: skip
        script = f"{origin}/cdn/v1/chat-widget.iife.min.js"
        text = PAGE
        if name == "evaluated":
            text = text.replace('<script src="SCRIPT"></script>', "")
            text = text.replace("<script>", "<script>function begin() {").replace("</script>", "}</script>") + EVALUATED
        return HTMLResponse(text.replace("SCRIPT", script).replace("SETTINGS", json.dumps(settings)))


SETTINGS: dict[str, dict[str, Any]] = {
    "plain": {},
    "evaluated": {},
    "headers": {"customHeaders": {"X-Tenant": "one", "Content-Type": "text/x", "X-Other": "two"}},
    "bad-name": {"customHeaders": {"X Tenant": "one"}},
    "bad-value": {"customHeaders": {"X-Tenant": "one\ntwo"}},
    "blue": {"theme": "blue"},
    "doors": {"doors": "guest mail"},
    "no-door": {"doors": ["mail", "phone"]},
    "dense": {"density": "dense"},
    "enter": {"enterKey": "Enter"},
    "look": {"theme": "dark", "density": "compact", "enterKey": "newline"},
    "servers": {"iceServers": [{"urls": ["stun:127.0.0.1:9", "turn:127.0.0.1:9"], "username": "a", "credential": "b"}]},
    "no-list": {"iceServers": "stun:127.0.0.1"},
    "bad-scheme": {"iceServers": [{"urls": "https://turn.example.org"}]},
    "bad-port": {"iceServers": [{"urls": "stun:127.0.0.1:port"}]},
    "no-password": {"iceServers": [{"urls": "turn:127.0.0.1"}]},
    "no-urls": {"iceServers": [{"url": "stun:127.0.0.1"}]},
    "no-server": {"iceServers": [None]},
    "number": {"iceServers": 5},
    "no-style": {"cssUrl": "/missing/chat.css"},
    "lost": {"mode": "bubble", "containerId": None, "otpEncryptionKey": ""},
}
# What is not of its kind, and the sentence about it.
KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "mode": ({"mode": 5}, "mode must be a string."),
    "theme": ({"theme": {}}, "theme must be a string."),
    "density": ({"density": 3}, "density must be a string."),
    "locale": ({"locale": ["de"]}, "locale must be a string."),
    "room": ({"room": 12}, "room must be a string."),
    "style": ({"cssUrl": 3}, "cssUrl must be a string."),
    "headers": ({"customHeaders": "X-Tenant: one"}, "customHeaders must be an object."),
    "messages": ({"messages": "hello"}, "messages must be an object."),
    "emoji": ({"emoji": 5}, "emoji must be a function."),
    "callback": ({"onReady": "begin"}, "onReady must be a function."),
    "provider": ({"tokenProvider": "abc"}, "tokenProvider must be a function."),
    "switch": ({"autoAuth": "yes"}, "autoAuth must be a boolean."),
    "several": ({"theme": 1, "density": 2, "mode": 3, "cssUrl": 4}, "cssUrl must be a string."),
}
# One chat after the other, each in a place of its own: what it throws, what `onError` hears and what the reader sees.
EACH = """async ([key, each]) => {
  const found = {}
  for (const [name, wrong] of Object.entries(each)) {
    const container = document.body.appendChild(document.createElement('div')), heard = []
    const given = { authApiUrl: location.origin, signalingUrl: location.origin, otpEncryptionKey: key }
    try {
      new StrixunChat.ChatWidget({ ...given, ...wrong, container, onError: (error) => heard.push(error.message) })
    } catch (error) { heard.push(error.code) }
    const alert = container.querySelector('.cw-host')?.shadowRoot.querySelector('[role=alert]')
    found[name] = [...heard, alert?.textContent.replace('The chat cannot start', ''), container.clientHeight > 100]
  }
  return found
}"""
TAG = """async (attributes) => {
  const script = document.createElement('script')
  script.src = document.scripts[0].src
  script.crossOrigin = 'anonymous' // else a page hears of "Script error." alone
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(`data-${name}`, value)
  document.body.append(script)
  const failed = new Promise((done) => addEventListener('error', (event) => done(event.error.message), { once: true }))
  const loaded = new Promise((done) => script.addEventListener('load', () => done('nothing')))
  return Promise.race([failed, loaded])
}"""


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    listener = listen(0)
    with serving(Pages(site, SETTINGS).app(), listener):
        yield f"http://localhost:{port_of(listener)}"


async def refused(place: Page | Frame) -> tuple[str, str]:
    """Asks for a code; what the screen says to it and what `onError` heard, which are the same words."""
    await place.get_by_label("E-mail").fill("ada.refused@example.org")
    await place.get_by_role("button", name="Send code").click()
    await expect(place.get_by_role("alert")).to_be_visible()
    words = await place.get_by_role("alert").inner_text()
    heard: list[list[str]] = await place.evaluate("errors")
    assert [message for _, message in heard] == [words]
    return heard[0][0], words


@asynccontextmanager
async def foreign_page(host: str) -> AsyncIterator[Page]:
    """A page of a host that the browser trusts as if it came over https."""
    there = host.replace("localhost", FOREIGN_HOST)
    flags = [flag for flag in FLAGS if "resolver" not in flag]
    trust = f"--unsafely-treat-insecure-origin-as-secure={there}"
    more = [f"--host-resolver-rules=MAP {FOREIGN_HOST} 127.0.0.1", trust]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=[*flags, *more])
        page = await browser.new_page()
        await page.goto(f"{there}/plain")
        yield page
        await browser.close()


async def test_a_site_that_is_not_allowed_hears_it_and_not_that_the_service_is_away(host: str) -> None:
    async with foreign_page(host) as page:
        code, words = await refused(page)
    assert code == "origin.refused"
    assert words == "This page came over http; the chat is open to sites with https alone."


async def test_a_sandboxed_frame_hears_what_it_lacks(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    ada.expect(REFUSAL)
    await ada.visit("/around")
    code, words = await refused(ada.page.frames[1])
    assert code == "origin.refused"
    assert "allow-same-origin" in words


async def test_headers_of_a_page_go_across_origins(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    ada.expect("Failed to load resource")
    async with ada.page.expect_request(lambda asked: asked.url.endswith("/otp/request")) as asked:
        await ada.come_in("ada.headers@example.org", "Ada", "/headers")
    sent = await (await asked.value).all_headers()
    assert (sent["x-tenant"], sent["x-other"], sent["content-type"]) == ("one", "two", "application/cw-hpke")
    await ada.rooms.create("headers")
    await ada.chat.input.wait_for()
    assert await ada.page.evaluate("errors") == []


@pytest.mark.parametrize("page", ["bad-name", "bad-value"])
async def test_headers_that_cannot_be_are_a_mistake_of_the_page(arrive: Arrive, host: str, page: str) -> None:
    await mistaken(arrive, host, page, "customHeaders must be names and values of HTTP headers.")


@pytest.mark.parametrize("page", ["no-list", "bad-scheme", "bad-port", "no-password", "no-urls", "no-server", "number"])
async def test_servers_that_cannot_be_are_a_mistake_of_the_page(arrive: Arrive, host: str, page: str) -> None:
    await mistaken(arrive, host, page, "iceServers must be a list such as")


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("blue", "theme must be one of 'dark', 'light', 'auto', 'contrast'."),
        ("dense", "density must be one of 'cosy', 'compact'."),
        ("enter", "enterKey must be one of 'send', 'newline'."),
    ],
)
async def test_words_that_say_nothing_are_a_mistake_of_the_page(
    arrive: Arrive, host: str, page: str, sentence: str
) -> None:
    await mistaken(arrive, host, page, sentence, "config.value")


async def test_a_way_in_that_there_is_none_of_is_a_mistake_of_the_page(arrive: Arrive, host: str) -> None:
    await mistaken(arrive, host, "no-door", "doors must be some of 'mail', 'guest'", "config.doors")


async def test_the_preferred_way_in_is_open_and_the_others_take_a_key(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/doors")
    await expect(ada.page.get_by_role("heading", name="Come in as a guest")).to_be_visible()
    await ada.page.get_by_label("Name others see").focus()
    await ada.page.keyboard.press("Tab")
    await expect(ada.page.get_by_role("button", name="Continue as guest")).to_be_focused()
    await ada.page.keyboard.press("Tab")
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_label("E-mail")).to_be_focused()
    await expect(ada.page.get_by_role("button", name="Continue as guest")).to_be_visible()


async def test_words_that_say_something_are_taken(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.come_in("ada.look@example.org", "Ada", "/look")
    assert await ada.page.locator(".cw").evaluate("(root) => [root.dataset.theme, root.dataset.density]") == [
        "dark",
        "compact",
    ]
    await ada.rooms.create("look")
    await ada.chat.input.fill("one")
    await ada.chat.input.press("Enter")
    await ada.page.keyboard.type("two")
    await expect(ada.chat.input).to_have_value("one\ntwo")
    await ada.chat.input.press("Control+Enter")
    await expect(ada.chat.input).to_have_value("")
    assert await ada.page.evaluate("errors") == []


async def mistaken(arrive: Arrive, host: str, page: str, sentence: str, code: str = "config.type") -> None:
    ada = await arrive(origin=host)
    await ada.visit(f"/{page}")
    await expect(ada.page.get_by_role("alert")).to_contain_text(sentence)
    assert await ada.page.evaluate("[thrown, errors.length, errors[0][0]]") == [code, 1, code]
    assert (await ada.page.evaluate("errors[0][1]")).startswith(sentence)


async def test_what_is_of_another_kind_is_told_to_page_and_reader(arrive: Arrive, host: str, site: Site) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/plain")
    found = await ada.page.evaluate(EACH, [site.service_key, {name: wrong for name, (wrong, _) in KINDS.items()}])
    assert found == {name: [sentence, "config.type", sentence, True] for name, (_, sentence) in KINDS.items()}
    switches = {"guests": "", "mountInPage": "false", "emoteCache": True, "autoAuth": None, "messages": None}
    assert (await ada.page.evaluate(EACH, ["cwk1.", {"right": switches}]))["right"][1].startswith("config.service_key")


async def test_a_floating_chat_that_cannot_start_says_why_when_it_is_opened(arrive: Arrive, host: str) -> None:
    """It covers nothing of the page before."""
    ada = await arrive(origin=host, viewport={"width": 360, "height": 640})
    await ada.visit("/lost")
    assert await ada.page.evaluate("[thrown, errors.length]") == ["config.missing", 1]
    await expect(ada.page.get_by_role("alert")).to_have_count(0)
    await ada.page.get_by_role("button", name="Open the chat").click()
    await expect(ada.page.get_by_role("alert")).to_be_in_viewport(ratio=1)
    await expect(ada.page.get_by_role("alert")).to_contain_text("otpEncryptionKey is required")
    await ada.page.get_by_role("button", name="Close the chat").click()
    await expect(ada.page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("attributes", "sentence"),
    [
        ({"mode": "bubble", "auth-url": "https://auth.example.org"}, "authApiUrl is required"),
        ({"mode": "bubbel"}, "mode must be one of"),
        ({"otp-encryption-key": "cwk1."}, "authApiUrl is required"),
        ({"cfasync": "false"}, "nothing"),
    ],
)
async def test_a_tag_with_a_slip_is_told_and_one_without_settings_starts_nothing(
    arrive: Arrive, host: str, attributes: dict[str, str], sentence: str
) -> None:
    ada = await arrive(origin=host)
    ada.expect("required|must be")
    await ada.visit("/plain")
    assert sentence in await ada.page.evaluate(TAG, attributes)


async def test_a_mode_that_is_none_is_told_before_the_place_that_it_lacks(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/plain")
    made = "() => { try { new StrixunChat.ChatWidget({ mode: 'Bubble' }) } catch (error) { return error.code } }"
    assert await ada.page.evaluate(made) == "config.value"


async def test_servers_that_can_be_are_taken(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/servers")
    await ada.sign_in.email.wait_for()
    assert await ada.page.evaluate("errors") == []


@pytest.mark.parametrize("page", ["no-style", "evaluated"])
async def test_a_chat_without_its_stylesheet_says_so(arrive: Arrive, host: str, page: str) -> None:
    ada = await arrive(origin=host)
    ada.expect("Failed to load resource|Refused to apply style")
    await ada.visit(f"/{page}")
    await ada.sign_in.email.wait_for()
    await expect(ada.page.locator("#chat > div")).to_contain_text("stylesheet is missing: set cssUrl")
    heard = await ada.page.evaluate("errors")
    assert [code for code, _ in heard] == ["config.style"]


async def inside(arrive: Arrive, host: str, name: str) -> tuple[Person, Person]:
    """Two in one room."""
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    for person in (ada, ben):
        person.expect("Failed to load resource")
    await ada.come_in(f"ada.{name}@example.org", "Ada", "/plain")
    await ben.come_in(f"ben.{name}@example.org", "Ben", "/plain")
    await ada.rooms.create(name)
    await ada.chat.input.wait_for()
    await ben.rooms.join(name)
    await ben.chat.input.wait_for()
    return ada, ben


async def test_a_container_that_the_page_removes_ends_its_chat(arrive: Arrive, host: str) -> None:
    ada, ben = await inside(arrive, host, "removed")
    await ada.page.evaluate("document.querySelector('#shelf').remove()")
    gone = "() => !chat.getState().participants.some((person) => person.userName === 'Ada' && person.isOnline)"
    await ben.page.wait_for_function(gone)
    assert await ada.page.evaluate("chat.getState().status") == "disconnected"
    await ada.page.evaluate("chat.destroy()")
    assert await ada.page.evaluate("errors") == []


async def test_a_container_that_is_moved_keeps_its_chat(arrive: Arrive, host: str) -> None:
    ada, ben = await inside(arrive, host, "moved")
    await ada.page.evaluate("document.body.append(document.querySelector('#chat'))")
    await ada.page.evaluate("document.querySelector('#chat').style.height = '500px'")
    await ada.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await ben.chat.say("still there?")
    await ada.chat.hears("still there?")
    assert await ada.page.evaluate("errors") == []
