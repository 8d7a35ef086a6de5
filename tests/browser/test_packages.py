"""Apps built by Vite from the packed npm package, and the custom element, under a policy stricter than the script's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.async_api import expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from examples.demo.pages import localised
from examples.demo.server import listen, port_of, serving
from tests.browser.conftest import ROOT, Arrive
from tests.browser.person import Person
from tests.browser.site import Site
from tests.packages.workshop import Workshop

pytestmark = pytest.mark.no_cover

# No style-src: the styles on board of the package need none.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self' {origin} {socket}; img-src data:"
CURSOR = "(button) => getComputedStyle(button).cursor"
SHADOWS = "[...document.querySelectorAll('*')].filter((element) => element.shadowRoot).length"
ELEMENT_PAGE = """<!DOCTYPE html>
<html lang="en">
<title>Element</title>
<link rel="icon" href="data:,">
<script src="{origin}/cdn/v1/chat-widget.iife.min.js"></script>
<strixun-chat id="one" auth-api-url="{origin}/auth" signaling-url="{origin}/signal" otp-encryption-key="{key}"
  auto-auth></strixun-chat>
"""
BROKEN = """() => {
  const made = document.createElement('strixun-chat')
  made.id = 'broken'
  window.heard = []
  made.addEventListener('error', (event) => heard.push(event.detail.code))
  addEventListener('error', (event) => event.preventDefault())
  document.body.append(made)
  return [heard, made.chat, made.firstElementChild.shadowRoot.textContent]
}"""
AGAIN = """async () => {
  const made = document.querySelector('#broken')
  made.remove()
  await null
  const left = made.childElementCount
  document.body.append(made)
  return [left, made.childElementCount, heard.length]
}"""
# Browsers of the baseline that have no constructed stylesheets for a tree.
OLD = "delete ShadowRoot.prototype.adoptedStyleSheets; delete Document.prototype.adoptedStyleSheets"
CORNER = "(field) => getComputedStyle(field).borderTopLeftRadius"


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return Workshop.open()


class StrictFiles(StaticFiles):
    def __init__(self, directory: Path, policy: str) -> None:
        super().__init__(directory=directory, html=True)
        self._policy = policy

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Content-Security-Policy"] = self._policy
        return answer


@contextmanager
def serving_app(files: Path, site: Site, more: str = "") -> Iterator[str]:
    """The built app on an origin of its own; /script is a page of that origin that uses the script of the CDN."""

    async def settings(_request: Request) -> Response:
        services = {"authApiUrl": f"{site.origin}/auth", "signalingUrl": f"{site.origin}/signal"}
        return JSONResponse({**services, "otpEncryptionKey": site.service_key})

    async def script(_request: Request) -> Response:
        page = (ROOT / "examples" / "zero-config.html").read_text("utf-8")
        return HTMLResponse(localised(page, site.origin, site.service_key))

    async def nothing(_request: Request) -> Response:
        return Response(status_code=204)

    policy = POLICY.format(origin=site.origin, socket=site.origin.replace("http", "ws", 1)) + more
    ours = [Route("/settings.json", settings), Route("/script", script), Route("/favicon.ico", nothing)]
    listener = listen(0)
    with serving(Starlette(routes=[*ours, Mount("/", StrictFiles(files, policy))]), listener):
        yield f"http://localhost:{port_of(listener)}"


async def talk(arrive: Arrive, ada: Person, name: str, path: str) -> None:
    """Ada, in the app, makes a room; Ben, on a page with the script, comes in; each hears the other."""
    ben = await arrive(origin=ada.origin)
    await ada.come_in(f"ada.{name}@example.org", "Ada", path)
    await ada.rooms.create(name)
    await ada.chat.input.wait_for()
    assert await ada.page.get_by_role("button", name="Leave room").evaluate(CURSOR) == "pointer"
    await ben.come_in(f"ben.{name}@example.org", "Ben", "/script")
    await ben.rooms.join(name)
    await ben.chat.say("to the app")
    await ada.chat.hears("to the app")
    await expect(ada.page.locator("#heard li")).to_have_text(["to the app"])
    await ben.chat.say("again")
    await expect(ada.page.locator("#heard li")).to_have_text(["to the app", "again"])
    await ada.chat.say("from the app")
    await ben.chat.hears("from the app")


async def test_a_plain_typescript_app_talks_and_ends(arrive: Arrive, workshop: Workshop, site: Site) -> None:
    with serving_app(workshop.built_app("vanilla"), site) as origin:
        ada = await arrive(origin=origin)
        await talk(arrive, ada, "vanilla", "/")
        await ada.page.get_by_role("button", name="Emoji and emotes").click()
        await ada.page.get_by_label("Find emoji and emotes").fill("herz")
        await expect(ada.page.locator(".cw-preview")).to_contain_text("Herz")
        await ada.page.keyboard.press("Escape")
        assert await ada.page.evaluate("document.documentElement.dataset.version !== ''")
        await ada.page.locator("#end").click()
        assert await ada.page.evaluate(SHADOWS) == 0


@pytest.mark.parametrize("name", ["react", "svelte"])
async def test_a_component_talks_starts_anew_and_ends(
    arrive: Arrive, workshop: Workshop, site: Site, name: str
) -> None:
    """React runs in its strict mode, which starts and ends every component once before it stays."""
    with serving_app(workshop.built_app(name), site) as origin:
        ada = await arrive(origin=origin)
        await talk(arrive, ada, name, "/")
        assert await ada.page.locator("div.chat").count() == 1
        assert await ada.page.evaluate(SHADOWS) == 1
        await ada.page.locator("#light").click()
        await ada.chat.hears("to the app")  # another chat, in the room of the one before
        assert await ada.page.evaluate(SHADOWS) == 1
        await expect(ada.page.locator(".cw")).to_have_attribute("data-theme", "light")
        await ada.page.locator("#end").click()
        await expect(ada.page.locator("div.chat")).to_have_count(0)
        assert await ada.page.evaluate(SHADOWS) == 0


async def test_the_element_of_the_package_talks_moves_and_ends(arrive: Arrive, workshop: Workshop, site: Site) -> None:
    with serving_app(workshop.built_app("vanilla"), site) as origin:
        ada = await arrive(origin=origin)
        await talk(arrive, ada, "element", "/element.html")
        await ada.page.locator("#move").click()
        assert await ada.page.locator("body > strixun-chat").count() == 1
        await expect(ada.chat.line("to the app")).to_be_visible()
        await ada.page.locator("#end").click()
        assert await ada.page.evaluate(SHADOWS) == 0


async def test_an_older_browser_gets_the_styles_on_board_as_a_file(
    arrive: Arrive, workshop: Workshop, site: Site
) -> None:
    with serving_app(workshop.built_app("vanilla"), site, "; style-src blob:") as origin:
        ada = await arrive(origin=origin)
        await ada.page.add_init_script(OLD)
        await ada.visit("/")
        await ada.sign_in.email.wait_for()
        assert await ada.sign_in.email.evaluate(CORNER) == "10px"


async def test_in_the_page_the_styles_on_board_come_and_go(arrive: Arrive, workshop: Workshop, site: Site) -> None:
    with serving_app(workshop.built_app("vanilla"), site) as origin:
        ada = await arrive(origin=origin)
        await ada.visit("/?in-page")
        await ada.sign_in.email.wait_for()
        assert await ada.sign_in.email.evaluate(CORNER) == "10px"
        assert await ada.page.evaluate("[document.adoptedStyleSheets.length, " + SHADOWS + "]") == [1, 0]
        await ada.page.locator("#end").click()
        assert await ada.page.evaluate("document.adoptedStyleSheets.length") == 0


async def test_the_script_brings_the_element(arrive: Arrive, site: Site) -> None:
    page = ELEMENT_PAGE.format(origin=site.origin, key=site.service_key)
    ada = await arrive()
    await ada.page.route("**/element-page", lambda route: route.fulfill(body=page, content_type="text/html"))
    await ada.come_in("ada.tag-element@example.org", "Ada", "/element-page")
    assert await ada.page.evaluate("one.chat.isAuthenticated()") is True
    assert await ada.page.evaluate("getComputedStyle(one).display") == "block"
    assert await ada.page.evaluate("one.chat instanceof StrixunChat.ChatWidget") is True


async def test_an_element_that_cannot_start_says_why(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect("authApiUrl")
    await ada.visit()
    await ada.sign_in.email.wait_for()
    codes, chat, shown = await ada.page.evaluate(BROKEN)
    assert (codes, chat) == (["config.missing"], None)
    assert "authApiUrl is required" in shown
    assert await ada.page.evaluate(AGAIN) == [0, 1, 2]


async def test_a_name_that_is_taken_is_left_alone(arrive: Arrive, site: Site) -> None:
    ada = await arrive()
    await ada.page.add_init_script("customElements.define('strixun-chat', class Other extends HTMLElement {})")
    await ada.visit()
    await ada.sign_in.email.wait_for()
    assert await ada.page.evaluate("customElements.get('strixun-chat').name") == "Other"
