"""The example pages as they are, with this server's addresses in place of the specification's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.async_api import expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from examples.demo.pages import localised
from examples.demo.server import listen, port_of, serving
from tests.browser.conftest import ROOT, Arrive
from tests.browser.site import Site

pytestmark = pytest.mark.no_cover


async def test_the_zero_config_page_runs_word_for_word(arrive: Arrive, site: Site) -> None:
    ada = await arrive()
    said: list[str] = []
    ada.page.on("console", lambda message: said.append(message.text))
    answer = await ada.page.goto(site.origin + "/zero-config")
    assert answer is not None
    text = await answer.text()
    for written, here in (
        ("https://chat-cdn.idling.app/v1/", f"{site.origin}/cdn/v1/"),
        ("https://auth.idling.app", f"{site.origin}/auth"),
        ("https://chat-signaling.idling.app", f"{site.origin}/signal"),
        ("your-encryption-key-here", site.service_key),
    ):
        text = text.replace(here, written)
    assert text == (ROOT / "examples" / "zero-config.html").read_text("utf-8")
    await ada.sign_in.email.wait_for()
    assert any("Chat widget ready!" in line for line in said)
    assert any("User needs to authenticate" in line for line in said)


async def test_the_events_page_hears_sign_in_room_message_and_connection(arrive: Arrive) -> None:
    ada, ben = await arrive(), await arrive()
    said: list[str] = []
    ada.page.on("console", lambda message: said.append(message.text))
    await ada.visit("/advanced")
    button = ada.page.get_by_role("button", name="Create a room")
    await expect(button).to_be_hidden()
    await ada.page.evaluate("void chat.authenticate()")
    await ada.sign_in.ask_for_code("ada.events@example.org", "Ada")
    await ada.sign_in.enter(await ada.code_for("ada.events@example.org"))
    await button.click()
    await ada.chat.input.wait_for()
    await ben.come_in("ben.events@example.org", "Ben")
    await ben.rooms.join("My Room")
    await ben.chat.say("an event")
    await ada.chat.hears("an event")
    for event in ("Auth state changed: true", "Room changed:", "Connection status: connected", "New message:"):
        assert any(event in line for line in said), event


async def test_state_and_events_carry_no_token(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.come_in("ada.token@example.org", "Ada")
    state = await ada.page.evaluate("JSON.stringify(chat.getState())")
    assert "eyJ" not in state
    assert await ada.page.evaluate("chat.getState().token ?? null") is None


async def test_the_strict_page_runs_without_a_violation(arrive: Arrive) -> None:
    ada, ben = await arrive(), await arrive()
    await ada.come_in("ada.strict@example.org", "Ada", "/strict")
    await ben.come_in("ben.strict@example.org", "Ben", "/strict")
    await ada.rooms.create("strict")
    await ada.chat.input.wait_for()
    await ben.rooms.join("strict")
    await ben.chat.say("no inline anything")
    await ada.chat.hears("no inline anything")
    background = "getComputedStyle(this.shadowRoot.querySelector('button')).cursor"
    styled = await ada.page.evaluate(
        f"[...document.querySelectorAll('*')].filter(e => e.shadowRoot).map(function (e) {{ return (function () "
        f"{{ return {background}; }}).call(e); }})"
    )
    assert "pointer" in styled


@pytest.fixture
def embedding_origin(site: Site) -> Iterator[str]:
    """A site of its own that embeds the chat: another origin than the services and the CDN."""
    html = localised((ROOT / "examples" / "zero-config.html").read_text("utf-8"), site.origin, site.service_key)

    async def page(_request: object) -> Response:
        return HTMLResponse(html)

    listener = listen(0)
    with serving(Starlette(routes=[Route("/", page), Route("/favicon.ico", page)]), listener):
        yield f"http://localhost:{port_of(listener)}"


async def test_a_page_of_another_origin_reaches_the_services_through_cors(
    arrive: Arrive, embedding_origin: str
) -> None:
    ada, ben = await arrive(origin=embedding_origin), await arrive(origin=embedding_origin)
    await ada.come_in("ada.cors@example.org", "Ada", "/")
    await ben.come_in("ben.cors@example.org", "Ben", "/")
    await ada.rooms.create("cors")
    await ada.chat.input.wait_for()
    await ben.rooms.join("cors")
    await ben.chat.say("from another origin")
    await ada.chat.hears("from another origin")


async def test_the_demo_page_says_what_to_do(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.visit("/")
    await ada.sign_in.email.wait_for()
    await expect(ada.page.get_by_role("link", name="mailbox").first).to_be_visible()
    await expect(ada.page.get_by_role("link", name="a second window")).to_be_visible()


async def test_the_mailbox_shows_text_as_text(arrive: Arrive, site: Site) -> None:
    ada, reader = await arrive(), await arrive()
    await ada.visit()
    await ada.sign_in.ask_for_code("ada.mail@example.org", "Ada")
    code = await ada.code_for("ada.mail@example.org")
    await reader.visit("/mail")
    card = reader.page.get_by_role("article").filter(has_text="ada.mail@example.org")
    await expect(card).to_contain_text(f"{code[:4]} {code[4:]}")
