"""The emoji of the released files: fetched when they are wanted, believed by their hash, done without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Arrive
from tests.browser.host import HostPage, running_host
from tests.browser.person import Person
from tests.browser.site import Site
from tests.browser.test_languages import REFUSED_BY_BROWSER, asked

LACKS = "Strixun Chat lacks emoji"
LIST = "chat-widget.languages.json"


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    pages = {
        "plain": HostPage(),
        "forbidden": HostPage(words=False),
    }
    with running_host(site, pages) as origin:
        yield origin


async def in_room(arrive: Arrive, host: str, name: str, page: str) -> Person:
    person = await arrive(host)
    await person.come_in(f"{name.lower().replace(' ', '')}.emoji@example.org", name, page)
    await person.rooms.create(f"Owls of {name}")
    return person


async def test_nothing_is_fetched_before_a_colon_and_then_the_emoji_with_their_names(arrive: Arrive, host: str) -> None:
    ada = await in_room(arrive, host, "Ada", "/plain")
    requests = asked(ada.page)
    await ada.chat.input.click()
    await ada.page.keyboard.type("hello")
    assert requests == []
    await ada.page.keyboard.type(" :gri")
    await ada.page.get_by_role("option").filter(has_text=":grinning:grinning face").first.wait_for()
    assert requests == [LIST, "chat-widget.emoji.json", LIST, "chat-widget.emoji.en.json"]
    await ada.page.keyboard.type("nning:")
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.locator("#chat .cw-bubble")).to_contain_text("hello 😀")


async def test_the_picker_has_the_names_of_the_reader(arrive: Arrive, host: str) -> None:
    bea = await in_room(arrive, host, "Bea", "/plain")
    requests = asked(bea.page)
    await bea.page.evaluate("window.chat = document.scripts[document.scripts.length - 1].chat; chat.setLocale('de')")
    await bea.page.get_by_role("button", name="Emoji und Emotes").click()
    await bea.page.get_by_label("Emoji und Emotes suchen").fill("herz")
    await expect(bea.page.locator("#chat .cw-preview")).to_contain_text("Herz")
    assert set(requests) == {LIST, "chat-widget.de.json", "chat-widget.emoji.json", "chat-widget.emoji.de.json"}


@pytest.mark.parametrize(("file", "is_there"), [("emoji", False), ("emoji.en", True), ("languages", False)])
async def test_what_does_not_fit_its_hash_is_not_believed(
    arrive: Arrive, host: str, file: str, is_there: bool
) -> None:
    ada = await in_room(arrive, host, f"Ada {len(file)}", "/plain")
    ada.expect(REFUSED_BY_BROWSER)
    ada.expect(LACKS)
    said: list[str] = []
    ada.page.on("console", lambda message: said.append(message.text) if message.text.startswith(LACKS) else None)

    async def harmed(route: Route) -> None:
        answer = await route.fetch()
        text: Any = await answer.text()
        await route.fulfill(response=answer, body=text.replace("r", "s", 1))

    await ada.page.route(f"**/chat-widget.{file}.json", harmed)
    async with ada.page.expect_console_message(lambda message: message.text.startswith(LACKS)):
        await ada.page.get_by_role("button", name="Emoji and emotes").click()
    if is_there:
        await expect(ada.page.locator("#chat .cw-cell").first).to_have_text("😀")
    else:
        await expect(ada.page.locator("#chat .cw-none")).to_have_text("The emoji could not be loaded.")
    await ada.page.keyboard.press("Escape")
    await ada.chat.say("it goes on")
    assert len(said) == 1


async def test_where_the_policy_forbids_the_fetch_the_chat_goes_on(arrive: Arrive, host: str) -> None:
    ada = await in_room(arrive, host, "Eve", "/forbidden")
    ada.expect(REFUSED_BY_BROWSER)
    ada.expect(LACKS)
    said: list[str] = []
    ada.page.on("console", lambda message: said.append(message.text) if message.text.startswith(LACKS) else None)
    await ada.page.get_by_role("button", name="Emoji and emotes").click()
    await expect(ada.page.locator("#chat .cw-none")).to_have_text("The emoji could not be loaded.")
    await ada.page.keyboard.press("Escape")
    await ada.chat.say("it goes on :grapes:")
    assert len(said) == 1
