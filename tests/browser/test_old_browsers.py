"""The chat where everything is taken away that MDN calls newer than Chrome 90, Firefox 88, Safari 14 and Opera 76."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import Arrive
from tests.browser.host import lax, running_host
from tests.browser.meeting import meet, talk
from tests.browser.old_browser import old_browser
from tests.browser.person import Person
from tests.browser.site import Site
from tests.browser.waiting import eventually_async

pytestmark = pytest.mark.no_cover

PAGES = {
    "old": lax("old_browser", "broken_ice"),
    "plain": lax(),
}


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, PAGES, {"old_browser": old_browser()}) as origin:
        yield origin


async def test_an_old_browser_talks_to_one_of_today(arrive: Arrive, host: str) -> None:
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await meet(ada, ben, "old", "old")
    await talk(ada, ben)
    await ada.chat.is_connected("Connected directly")
    assert await said(ada, "data-not-taken-away") == ""


async def test_a_broken_connection_is_noticed_without_connection_state(arrive: Arrive, host: str) -> None:
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await meet(ada, ben, "old-broken", "old")
    await ada.chat.is_connected("Connected directly")
    assert await peers_made(ada) == 2  # one of them while she entered, for what only the first costs
    await ada.page.keyboard.press("F8")
    await ben.chat.say("over whatever works")
    await ada.chat.hears("over whatever works")
    await eventually_async(lambda: is_made_again(ada))


async def is_made_again(person: Person) -> bool:
    return await peers_made(person) > 2


async def peers_made(person: Person) -> int:
    await person.page.keyboard.press("F9")
    return int(await said(person, "data-peers"))


async def said(person: Person, attribute: str) -> str:
    """An attribute of the page: page.evaluate itself needs a newer browser."""
    return await person.page.locator("html").get_attribute(attribute) or ""
