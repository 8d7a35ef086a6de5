"""Firefox ESR: it loads the same file, signs in, and talks to Chromium over a direct data channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
import pytest_asyncio

from tests.browser.conftest import Arrive
from tests.browser.host import HostPage, lax, running_host
from tests.browser.old_browser import old_browser
from tests.browser.remote.firefox import Firefox, running_firefox
from tests.browser.remote.person import RemotePerson
from tests.browser.site import Site

PAGES = {
    "plain": lax(),
    "strict": HostPage(("violations",)),
    "old": lax("old_browser"),
}
ArriveInFirefox = Callable[[], Awaitable[RemotePerson]]


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, PAGES, {"old_browser": old_browser()}) as origin:
        yield origin


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def firefox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Firefox]:
    async with running_firefox(tmp_path_factory.mktemp("firefox")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def arrive_in_firefox(firefox: Firefox, host: str, site: Site) -> AsyncIterator[ArriveInFirefox]:
    people: list[RemotePerson] = []

    async def newcomer() -> RemotePerson:
        person = RemotePerson(await firefox.new_page(), host, site.mailbox)
        people.append(person)
        return person

    yield newcomer
    for person in people:
        await person.driver.close()
    assert [complaint for person in people for complaint in person.driver.complaints()] == []


@pytest.mark.parametrize("page", ["plain", "strict", "old"])
async def test_firefox_and_chromium_talk_directly(
    page: str, arrive: Arrive, arrive_in_firefox: ArriveInFirefox, host: str
) -> None:
    fiona, chidi = await arrive_in_firefox(), await arrive(origin=host)
    await asyncio.gather(
        fiona.come_in(f"fiona.{page}@example.org", "Fiona", f"/{page}"),
        chidi.come_in(f"chidi.{page}@example.org", "Chidi", "/plain"),
    )
    await fiona.create_room(f"firefox {page}")
    await chidi.rooms.join(f"firefox {page}")
    await chidi.chat.input.wait_for()
    await chidi.chat.say("hello Firefox")
    await fiona.hears("hello Firefox")
    await fiona.say("hello Chromium")
    await chidi.chat.hears("hello Chromium")
    await fiona.is_connected("Connected directly")
    await chidi.chat.is_connected("Connected directly")
    assert await chidi.open_channels() == ["cw1"]
    if page == "strict":
        assert await fiona.ask("() => [crossOriginIsolated, typeof trustedTypes, violations]") == [True, "object", []]
    if page == "old":
        assert await fiona.ask("() => document.documentElement.dataset.notTakenAway") == ""
