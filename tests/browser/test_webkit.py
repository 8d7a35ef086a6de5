"""WebKitGTK, which has no WebRTC: the screen, the cryptography and the relayed path work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
import pytest_asyncio

from tests.browser.conftest import Arrive
from tests.browser.host import HostPage, lax, running_host
from tests.browser.old_browser import old_browser
from tests.browser.remote.person import RemotePerson
from tests.browser.remote.webkit import WebKit, running_webkit
from tests.browser.site import Site

PAGES = {
    "plain": lax("errors"),
    "strict": HostPage(("errors", "violations")),
    "old": lax("errors", "old_browser"),
}
ArriveInWebKit = Callable[[], Awaitable[RemotePerson]]


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, PAGES, {"old_browser": old_browser()}) as origin:
        yield origin


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def webkit(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[WebKit]:
    async with running_webkit(tmp_path_factory.mktemp("webkit")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def arrive_in_webkit(webkit: WebKit, host: str, site: Site) -> AsyncIterator[ArriveInWebKit]:
    people: list[RemotePerson] = []

    async def newcomer() -> RemotePerson:
        person = RemotePerson(await webkit.new_page(), host, site.mailbox)
        people.append(person)
        return person

    yield newcomer
    for person in people:
        await person.driver.close()


@pytest.mark.parametrize("page", ["plain", "strict", "old"])
async def test_webkit_and_chromium_talk_over_the_relay(
    page: str, arrive: Arrive, arrive_in_webkit: ArriveInWebKit, host: str
) -> None:
    wanda, chidi = await arrive_in_webkit(), await arrive(origin=host)
    await asyncio.gather(
        wanda.come_in(f"wanda.{page}@example.org", "Wanda", f"/{page}"),
        chidi.come_in(f"chidi.webkit.{page}@example.org", "Chidi", "/plain"),
    )
    assert await wanda.ask("() => typeof RTCPeerConnection") == "undefined"
    await wanda.create_room(f"webkit {page}")
    await chidi.rooms.join(f"webkit {page}")
    await chidi.chat.input.wait_for()
    await chidi.chat.say("hello WebKit")
    await wanda.hears("hello WebKit")
    await wanda.say("hello Chromium")
    await chidi.chat.hears("hello Chromium")
    await wanda.is_connected("Relayed (encrypted)")
    await chidi.chat.is_connected("Relayed (encrypted)")
    assert await wanda.ask("() => pageErrors") == []
    if page == "strict":
        assert await wanda.ask("() => [crossOriginIsolated, violations]") == [True, []]
    if page == "old":
        assert await wanda.ask("() => document.documentElement.dataset.notTakenAway") == ""


async def test_webkit_keeps_the_sign_in_over_a_reload(arrive_in_webkit: ArriveInWebKit) -> None:
    wanda = await arrive_in_webkit()
    await wanda.come_in("wanda.reload@example.org", "Wanda", "/plain")
    await wanda.visit("/plain")
    await wanda.sees("hand.button('Sign out')")
    assert await wanda.ask("() => pageErrors") == []


async def test_an_error_in_webkit_is_noticed(arrive_in_webkit: ArriveInWebKit) -> None:
    wanda = await arrive_in_webkit()
    await wanda.visit("/plain")
    await wanda.ask("() => { Promise.reject(new Error('late')); console.error('told'); setTimeout(() => undone()) }")
    seen = await wanda.ask("() => new Promise((resolve) => setTimeout(() => resolve(pageErrors), 100))")
    assert [any(word in error for error in seen) for word in ("late", "told", "undone")] == [True, True, True]
