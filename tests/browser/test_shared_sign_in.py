"""Tabs of one browser and chats of one page are one person: signed in once, signed out once, at the real service."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route

from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.browser.waiting import eventually

pytestmark = pytest.mark.no_cover

IS_IN = "() => chat.isAuthenticated()"
IS_OUT = "() => !chat.isAuthenticated()"


async def tab_of(person: Person) -> Page:
    """Another tab of the same browser, whose complaints count too."""
    page = await person.context.new_page()
    page.on("pageerror", lambda error: person.complaints.append(str(error)))
    return page


async def test_a_tab_that_waits_for_a_sign_in_takes_that_of_another(arrive: Arrive) -> None:
    ada = await arrive()
    tab = await tab_of(ada)
    await tab.goto(f"{ada.origin}/zero-config")
    await tab.get_by_label("E-mail").wait_for()
    await ada.come_in("ada.waits@example.org", "Ada")
    await tab.get_by_role("heading", name="Rooms", exact=True).wait_for()
    assert await tab.evaluate(IS_IN)
    await tab.evaluate("() => chat.createRoom({ customName: 'of a tab' }).then(() => null)")
    await ada.rooms.sign_out()
    await tab.wait_for_function(IS_OUT)
    assert await tab.evaluate("[chat.getState().room, chat.getState().status]") == [None, "disconnected"]
    assert await tab.get_by_role("alert").count() == 0


async def test_tabs_that_are_opened_at_once_share_one_sign_in(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.come_in("ada.tabs@example.org", "Ada")
    tabs = [await tab_of(ada) for _ in range(4)]
    for _ in range(2):
        await asyncio.gather(*[tab.goto(f"{ada.origin}/zero-config") for tab in tabs])
        await asyncio.gather(*[tab.wait_for_function(IS_IN) for tab in tabs])
    assert await ada.page.evaluate(IS_IN)
    mails = ada.mails_to("ada.tabs@example.org")
    assert len(mails) == 1, "and none about a sign-in that was ended for safety"


async def test_two_tabs_that_renew_at_once_take_turns(arrive: Arrive) -> None:
    """A refresh token that is shown when it is old looks stolen, and that ends the sign-in."""
    ada = await arrive()
    await ada.come_in("ada.turns@example.org", "Ada")
    asked: list[Route] = []
    go_on = asyncio.Event()

    async def hold(route: Route) -> None:
        asked.append(route)
        await go_on.wait()
        await route.continue_()

    await ada.context.route("**/auth/token", hold)
    tabs = [await tab_of(ada) for _ in range(2)]
    await asyncio.gather(*[tab.goto(f"{ada.origin}/zero-config") for tab in tabs])
    await eventually(lambda: len(asked) > 0)
    await asyncio.sleep(0.3)
    assert len(asked) == 1
    go_on.set()
    await asyncio.gather(*[tab.wait_for_function(IS_IN) for tab in tabs])


async def test_a_tab_that_is_closed_in_its_turn_holds_nobody_up(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.come_in("ada.closed@example.org", "Ada")
    asked: list[Route] = []

    async def hold(route: Route) -> None:
        asked.append(route)

    first, second = await tab_of(ada), await tab_of(ada)
    await first.route("**/auth/token", hold)
    await first.goto(f"{ada.origin}/zero-config")
    await eventually(lambda: len(asked) > 0)
    await second.goto(f"{ada.origin}/zero-config")
    await first.close()
    await second.wait_for_function(IS_IN)


async def test_chats_of_one_page_share_a_sign_in_that_no_disk_keeps(arrive: Arrive) -> None:
    """As where the reader forbids storage: in the memory of the page."""
    ada = await arrive()
    await ada.page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('no') } })")
    await ada.visit("/gaming")
    chat = ada.page.locator("#chat")
    await chat.get_by_label("E-mail").fill("ada.memory@example.org")
    await chat.get_by_role("button", name="Send code").click()
    await chat.get_by_label("Code of 8 digits").fill(await ada.code_for("ada.memory@example.org"))
    await ada.page.wait_for_function("() => overlay.isAuthenticated()")
    await ada.page.evaluate("() => overlay.logout()")
    await ada.page.wait_for_function(IS_OUT)
