"""Languages in a real browser: fetched when asked for, believed by their hash, changed while somebody writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Arrive
from tests.browser.host import HostPage, running_host
from tests.browser.person import Person
from tests.browser.site import Site

LANGUAGES = Path(__file__).parents[2] / "widget" / "languages"
NO_WORDS = "There are no words for"
REFUSED_BY_BROWSER = "integrity|Failed to load|Content Security Policy|CSP|Fetch API|Failed to fetch"
WRAPPER = "document.querySelector('#chat > .cw-host').shadowRoot.querySelector('.cw')"
SET = """async ([locale, messages]) => {
  try { await chat.setLocale(locale, messages ?? undefined); return '' } catch (error) { return error.code }
}"""
ARABIC_TIME = re.compile(r"[\u0660-\u0669]{1,2}:[\u0660-\u0669]{2}")
OWN = "window.chat = document.scripts[document.scripts.length - 1].chat"


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    pages = {
        "plain": HostPage(),
        "german": HostPage(attributes={"data-locale": "de-AT"}),
        "forbidden": HostPage(attributes={"data-locale": "de-AT"}, words=False),
        "unknown": HostPage(attributes={"data-locale": "tlh"}),
    }
    with running_host(site, pages) as origin:
        yield origin


def asked(page: Page) -> list[str]:
    """The catalogues that the page asks for from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url.rsplit("/", 1)[1]) if "json" in request.url else None)
    return found


async def spoken(page: Page) -> list[str]:
    """Language and direction of the chat."""
    found: list[str] = await page.evaluate(f"[{WRAPPER}.lang, {WRAPPER}.dir]")
    return found


async def set_locale(person: Person, locale: str, messages: dict[str, Any] | None = None) -> str:
    """The code of the error, or ""."""
    await person.page.evaluate(OWN)
    code: str = await person.page.evaluate(SET, [locale, messages])
    return code


async def test_english_asks_for_nothing(arrive: Arrive, host: str) -> None:
    ada = await arrive(host)
    requests = asked(ada.page)
    await ada.visit("/plain")
    await ada.sign_in.email.wait_for()
    assert requests == []
    assert await spoken(ada.page) == ["en", "ltr"]
    assert await set_locale(ada, "en-GB") == ""
    assert requests == []


async def test_english_runs_from_left_to_right_on_a_page_that_does_not(arrive: Arrive, host: str) -> None:
    ada = await arrive(host)
    await ada.page.add_init_script(
        "new MutationObserver(() => { document.documentElement.dir = 'rtl' }).observe(document, { childList: true })"
    )
    await ada.visit("/plain")
    await ada.sign_in.email.wait_for()
    assert await ada.page.evaluate("getComputedStyle(document.querySelector('#chat')).direction") == "rtl"
    assert await spoken(ada.page) == ["en", "ltr"]


async def test_a_page_begins_in_its_language(arrive: Arrive, host: str) -> None:
    ada = await arrive(host)
    requests = asked(ada.page)
    await ada.page.add_init_script(
        "window.seen = []; new MutationObserver(() => { const root = document.querySelector('.cw-host')?.shadowRoot;"
        " if (root) seen.push(root.textContent) }).observe(document, { childList: true, subtree: true })"
    )
    await ada.visit("/german")
    await expect(ada.page.get_by_role("heading", name="Zum Chatten anmelden")).to_be_visible()
    assert requests == ["chat-widget.languages.json", "chat-widget.de.json"]
    assert await spoken(ada.page) == ["de-AT", "ltr"]
    assert [text for text in await ada.page.evaluate("seen") if "One moment" in text or "Sign in" in text] == []


async def test_another_language_loses_nothing(arrive: Arrive, host: str) -> None:
    ada = await arrive(host)
    await ada.come_in("ada.languages@example.org", "Ada", "/plain")
    await ada.rooms.create("Owls")
    for number in range(30):
        await ada.chat.say(f"line {number}\nof two")
    log = ada.page.locator("#chat .cw-log")
    await log.focus()
    await log.press("Home")
    top = ada.page.locator("#chat .cw-bubble", has_text="line 0")
    await expect(top).to_be_in_viewport()
    await ada.chat.input.fill("half a thought")
    await ada.page.get_by_role("button", name="Message of Ada").nth(1).click()
    assert await set_locale(ada, "ar") == ""
    assert await spoken(ada.page) == ["ar", "rtl"]
    await expect(ada.page.get_by_role("menuitem", name="نسخ النص")).to_be_visible()  # what was open stays so
    await ada.page.keyboard.press("Escape")
    await expect(top).to_be_in_viewport()
    await expect(ada.page.get_by_label("رسالة", exact=True)).to_have_value("half a thought")
    await expect(ada.page.get_by_role("button", name="شخص واحد", exact=True)).to_be_visible()
    left = await ada.page.evaluate(f"{WRAPPER}.textContent")
    assert [word for word in ("Invite", "Write", "Who comes", "Only you", "Today", "Send") if word in left] == []
    assert await set_locale(ada, "ar-EG") == ""  # the same words, other digits
    await expect(ada.page.locator("#chat .cw-head").first).to_contain_text(ARABIC_TIME)
    await expect(ada.page.locator("#chat .cw-number")).to_have_text("\u0661")
    assert await set_locale(ada, "en") == ""
    await expect(ada.page.locator("#chat .cw-head").first).to_contain_text(re.compile("[0-9]{1,2}:[0-9]{2}"))
    await expect(ada.page.get_by_label("Message", exact=True)).to_have_value("half a thought")
    assert await spoken(ada.page) == ["en", "ltr"]


@pytest.mark.parametrize(("file", "harm"), [
    ("de", lambda text: text.replace("Anmelden", "Gib dein Passwort ein")),
    ("de", lambda text: text[:-500]),
    ("languages", lambda text: text[:-40]),
    ("languages", lambda text: text.replace("chat-widget.de.json", "chat-widget.pl.json")),
])  # fmt: skip
async def test_what_does_not_fit_its_hash_leaves_english(arrive: Arrive, host: str, file: str, harm: Any) -> None:
    ada = await arrive(host)
    ada.expect(REFUSED_BY_BROWSER)
    said: list[str] = []
    ada.page.on("console", lambda message: said.append(message.text) if message.text.startswith(NO_WORDS) else None)
    ada.expect(NO_WORDS)

    async def harmed(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, body=harm(await answer.text()))

    await ada.page.route(f"**/chat-widget.{file}.json", harmed)
    await ada.visit("/german")
    await expect(ada.page.get_by_role("heading", name="Sign in to chat")).to_be_visible()
    assert await spoken(ada.page) == ["en", "ltr"]
    assert len(said) == 1
    assert await set_locale(ada, "de") == "config.locale"
    await ada.page.unroute_all()
    assert await set_locale(ada, "de") == ""
    await expect(ada.page.get_by_role("heading", name="Zum Chatten anmelden")).to_be_visible()


async def test_where_the_policy_forbids_the_fetch_it_is_english_or_the_pages_own(arrive: Arrive, host: str) -> None:
    ada = await arrive(host)
    ada.expect(REFUSED_BY_BROWSER)
    ada.expect(NO_WORDS)
    said: list[str] = []
    ada.page.on("console", lambda message: said.append(message.text) if message.text.startswith(NO_WORDS) else None)
    await ada.visit("/forbidden")
    await expect(ada.page.get_by_role("heading", name="Sign in to chat")).to_be_visible()
    assert len(said) == 1
    messages = json.loads((LANGUAGES / "de.json").read_text("utf-8"))
    assert await set_locale(ada, "de", messages) == ""
    await expect(ada.page.get_by_role("heading", name="Zum Chatten anmelden")).to_be_visible()


async def test_a_page_may_have_its_own_words(arrive: Arrive, host: str) -> None:
    ada = await arrive(host)
    await ada.visit("/plain")
    own = {"Sign in to chat": "Aanmelden", "E-mail": 7, "Send code": {"other": None}, "Look around first": ["no"]}
    assert await set_locale(ada, "nl", own) == ""
    await expect(ada.page.get_by_role("heading", name="Aanmelden")).to_be_visible()
    await expect(ada.page.get_by_role("button", name="Send code")).to_be_visible()  # whatever else it is, it is English
    await expect(ada.page.get_by_role("button", name="Look around first")).to_be_visible()
    await expect(ada.page.get_by_label("E-mail")).to_be_visible()
    assert await spoken(ada.page) == ["nl", "ltr"]


@pytest.mark.parametrize("locale", ["tlh", "", "de_DE!", "constructor"])
async def test_an_unknown_language_changes_nothing(arrive: Arrive, host: str, locale: str) -> None:
    ada = await arrive(host)
    await ada.visit("/plain")
    await ada.sign_in.email.wait_for()
    assert await set_locale(ada, locale) == "config.locale"
    assert await spoken(ada.page) == ["en", "ltr"]
    assert await set_locale(ada, "pt") == ""
    await expect(ada.page.get_by_role("heading", name="Faça login para conversar")).to_be_visible()


async def test_a_page_of_an_unknown_language_is_english(arrive: Arrive, host: str) -> None:
    ada = await arrive(host)
    ada.expect(NO_WORDS)
    await ada.visit("/unknown")
    await expect(ada.page.get_by_role("heading", name="Sign in to chat")).to_be_visible()
