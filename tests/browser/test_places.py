"""`room: 'page'`: whoever comes to one page is in one room, by whatever query and fragment they came."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.host import HostPage, running_host
from tests.browser.meeting import talk
from tests.browser.person import Person
from tests.browser.site import Site

pytestmark = pytest.mark.no_cover

BOUND = HostPage(attributes={"data-room": "page"})
CANONICAL = """(path) => {
  const link = Document.prototype.createElement.call(document, 'link');  // a field of the host hides it
  link.rel = 'canonical';
  link.href = path;
  document.head.append(link);
}"""
JOIN = "(room) => document.querySelector('[data-room]').chat.joinRoom(room).then((found) => found.customName)"
ID = "document.querySelector('[data-room]').chat.getState().room.roomId"


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, {"owls": BOUND, "larks": BOUND}) as origin:
        yield origin


async def come(person: Person, name: str, path: str) -> None:
    email = f"{name}.places@example.org"
    await person.visit(path)
    await person.sign_in.ask_for_code(email, name)
    await person.sign_in.enter(await person.code_for(email))
    await person.chat.input.wait_for()


async def test_visitors_of_one_page_talk_and_another_page_is_another_room(arrive: Arrive, host: str) -> None:
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await come(ada, "Ada", "/owls?from=mail")
    await come(ben, "Ben", "/owls#list")
    await talk(ada, ben)
    await expect(ben.page.get_by_role("heading", name="A site of its own")).to_be_visible()
    await ben.visit("/larks")
    await ben.chat.input.wait_for()
    assert await ben.page.get_by_text("hello from Ada").count() == 0
    await ben.visit("/owls")
    await ben.chat.input.wait_for()
    await talk(ada, ben, "again")


async def test_the_canonical_address_counts_and_so_does_a_name(arrive: Arrive, host: str) -> None:
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await come(ada, "Cleo", "/owls")
    await come(ben, "Dan", "/larks")
    await ada.page.evaluate(CANONICAL, "/birds")
    await ben.page.evaluate(CANONICAL, "/birds?sort=name#top")
    for person in (ada, ben):
        assert await person.page.evaluate(JOIN, "page") == "A site of its own"
    await talk(ada, ben, "birds")
    for person in (ada, ben):
        assert await person.page.evaluate(JOIN, "name:lounge") == "lounge"
    await talk(ada, ben, "lounge")


async def test_a_canonical_address_that_is_none_is_passed_over(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await come(ada, "Eva", "/owls")
    room = await ada.page.evaluate(ID)
    await ada.page.evaluate(CANONICAL, "http://[bad")
    await ada.page.evaluate(JOIN, "page")
    assert await ada.page.evaluate(ID) == room
