"""Firefox ESR and WebKitGTK load the same file, sign in and talk to Chromium: directly, or relayed without WebRTC."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
import pytest_asyncio

from tests.browser.conftest import Arrive
from tests.browser.host import HostPage, lax, running_host
from tests.browser.old_browser import old_browser
from tests.browser.remote.driver import ENTER, Driver
from tests.browser.remote.firefox import running_firefox
from tests.browser.remote.person import RemotePerson
from tests.browser.remote.webkit import running_webkit
from tests.browser.site import Site
from tests.fakes.effort import also

pytestmark = pytest.mark.no_cover

PAGES = {
    "plain": lax("errors"),
    "strict": HostPage(("errors", "violations")),
    "old": lax("errors", "old_browser"),
}
TRICKS = (Path(__file__).parent / "isolation.js").read_text("utf-8")
LOOK = """for (const image of [...document.images]) image.remove()  // they hide functions of the document
  const chat = document.querySelector('#chat').firstElementChild.shadowRoot.querySelector('.cw')
  for (const moving of chat.getAnimations({ subtree: true })) moving.finish()  // the owl blinks: between two looks too
  const properties = inherited()
  return [Object.keys(properties), leaks(chat, handDown(properties))]"""
THEMED = """for (const image of [...document.images]) image.remove()
  const host = document.querySelector('#chat').firstElementChild, chat = host.shadowRoot.querySelector('.cw')
  const ground = () => getComputedStyle(chat).backgroundColor
  const found = ['light', 'dark'].map((theme) => { chat.dataset.theme = theme; return ground() })
  host.style.setProperty('--cw-ground', 'rgb(1, 2, 3)')
  visualViewport.dispatchEvent(new Event('resize'))
  const seen = chat.style.getPropertyValue('--view-height') === `${visualViewport.height}px`
  return [...found, ground(), seen]"""
OUT = """() => {
  for (const image of [...document.images]) image.remove()  // they hide functions of the document
  const open = window.open, button = document.createElement('button')
  window.open = (...given) => window.out = open.apply(window, given)
  window.chatIn = (page) => page.querySelector('.cw-host').shadowRoot
  button.textContent = 'Own window'
  button.onclick = () => document.querySelector('script[src*=chat-widget]').chat.popOut()
  document.body.prepend(button)
}"""
ArriveThere = Callable[[], Awaitable[RemotePerson]]


class Running(Protocol):
    async def new_page(self) -> Driver: ...


@dataclass(frozen=True)
class Other:
    """`path` is what both sides read about their connection, `channels` what Chromium has open then."""

    name: str
    start: Callable[[Path], AbstractAsyncContextManager[Running]]
    path: str
    channels: list[str]
    peer_connection: str
    trusted_types: Callable[[str], tuple[str, ...]]


def firefox_trusted_types(agent: str) -> tuple[str, ...]:
    """Since Firefox 148; Debian 12 without its security updates has an older one."""
    version = re.search(r"Firefox/(\d+)", agent)
    assert version is not None, agent
    return ("object",) if int(version[1]) >= 148 else ("undefined",)


OTHERS = [
    Other("firefox", running_firefox, "Connected directly", ["cw1"], "function", firefox_trusted_types),
    Other("webkit", running_webkit, "Relayed (encrypted)", [], "undefined", lambda agent: ("undefined", "object")),
]


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, PAGES, {"old_browser": old_browser()}) as origin:
        yield origin


@pytest.fixture(scope="module", params=OTHERS, ids=[other.name for other in OTHERS])
def other(request: pytest.FixtureRequest) -> Other:
    found: Other = request.param
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(other: Other, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with other.start(tmp_path_factory.mktemp(other.name)) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def arrive_there(running: Running, host: str, site: Site) -> AsyncIterator[ArriveThere]:
    people: list[RemotePerson] = []

    async def newcomer() -> RemotePerson:
        person = RemotePerson(await running.new_page(), host, site.mailbox)
        people.append(person)
        return person

    yield newcomer
    for person in people:
        await person.driver.close()
    assert [complaint for person in people for complaint in person.driver.complaints()] == []


@pytest.mark.parametrize("page", also(["plain"], ["strict", "old"]))
async def test_it_talks_to_chromium(
    page: str, other: Other, arrive: Arrive, arrive_there: ArriveThere, host: str
) -> None:
    olive, chidi = await arrive_there(), await arrive(origin=host)
    await asyncio.gather(
        olive.come_in(f"olive.{other.name}.{page}@example.org", "Olive", f"/{page}"),
        chidi.come_in(f"chidi.{other.name}.{page}@example.org", "Chidi", "/plain"),
    )
    room = f"{other.name} {page}"
    await olive.create_room(room)
    await chidi.rooms.join(room)
    await chidi.chat.input.wait_for()
    await chidi.chat.say("hello from Chromium")
    await olive.hears("hello from Chromium")
    await olive.say("hello Chromium")
    await chidi.chat.hears("hello Chromium")
    await olive.is_connected(other.path)
    await chidi.chat.is_connected(other.path)
    assert await chidi.open_channels() == other.channels
    assert await olive.ask("() => pageErrors") == []
    if page != "old":
        assert await olive.ask("() => typeof RTCPeerConnection") == other.peer_connection
    if page == "strict":
        assert await olive.ask("() => [crossOriginIsolated, violations]") == [True, []]
        agent = await olive.ask("() => navigator.userAgent")
        assert await olive.ask("() => typeof trustedTypes") in other.trusted_types(agent)
    if page == "old":
        assert await olive.ask("() => document.documentElement.dataset.notTakenAway") == ""


async def test_it_keeps_the_sign_in_over_a_reload(other: Other, arrive_there: ArriveThere) -> None:
    olive = await arrive_there()
    await olive.come_in(f"olive.{other.name}.reload@example.org", "Olive", "/plain")
    await olive.visit("/plain")
    await olive.sees("hand.button('Sign out')")
    assert await olive.ask("() => pageErrors") == []


async def test_it_is_back_in_its_room_after_a_reload_where_picker_and_window_work(
    other: Other, arrive_there: ArriveThere
) -> None:
    olive = await arrive_there()
    await olive.come_in(f"olive.{other.name}.back@example.org", "Olive", "/plain")
    await olive.create_room(f"{other.name} back")
    await olive.say("still here")
    await olive.hears("still here")
    await olive.ask("() => new Promise((resolve) => setTimeout(resolve, 1500))")  # it is on the disk
    await olive.visit("/plain")
    await olive.hears("still here")
    await picks(olive)
    await goes_out_and_back(olive)
    assert await olive.ask("() => pageErrors") == []


async def picks(olive: RemotePerson) -> None:
    """An emoji goes in at the caret, can be undone, and the field has the focus again."""
    await olive.fill("Message", "hi there")
    await olive.ask("() => hand.field('Message').setSelectionRange(2, 2)")
    await olive.click("Emoji and emotes")
    await olive.fill("Find emoji and emotes", "grinning face")
    await olive.sees("hand.words('grinning face')")  # the emoji may still be on their way
    await olive.driver.type(ENTER)
    await olive.sees("hand.field('Message').value === 'hi😀 there'")
    await olive.sees("hand.field('Message') === hand.field('Message').getRootNode().activeElement")
    await olive.ask("() => document.execCommand('undo')")
    await olive.sees("hand.field('Message').value === 'hi there'")


async def goes_out_and_back(olive: RemotePerson) -> None:
    """Into a window of its own, with what was said and begun, and back when that is closed."""
    await olive.ask(OUT)
    await olive.click("Own window")
    await olive.sees("chatIn(out.document).querySelector('.cw-log').textContent.includes('still here')")
    await olive.sees("chatIn(out.document).querySelector('textarea').value === 'hi there'")
    assert not await olive.has("hand.field('Message')")
    await olive.ask("() => out.close()")
    await olive.hears("still here")


async def test_nothing_of_the_page_is_inherited_there(arrive_there: ArriveThere) -> None:
    """tests/browser/test_isolation.py says more, for Chromium."""
    olive = await arrive_there()
    await olive.visit("/plain")
    await olive.sees("hand.field('E-mail')")
    found = await olive.ask(f"() => {{ {TRICKS}; {LOOK} }}")
    assert {"color", "cursor", "font-size", "hyphens", "line-height", "text-indent", "writing-mode"} < {*found[0]}
    assert found[1] == []


async def test_themes_tokens_and_the_keyboard_work_there(arrive_there: ArriveThere) -> None:
    olive = await arrive_there()
    await olive.visit("/plain")
    await olive.sees("hand.field('E-mail')")
    found = await olive.ask(f"() => {{ {THEMED} }}")
    assert found == ["rgb(255, 255, 255)", "rgb(18, 20, 29)", "rgb(1, 2, 3)", True]


async def test_what_goes_wrong_there_is_noticed(arrive_there: ArriveThere) -> None:
    olive = await arrive_there()
    await olive.visit("/plain")
    await olive.ask("() => { Promise.reject(new Error('late')); console.error('told'); setTimeout(() => undone()) }")
    seen = await olive.ask("() => new Promise((resolve) => setTimeout(() => resolve(pageErrors), 100))")
    assert [any(word in error for error in seen) for word in ("late", "told", "undone")] == [True, True, True]
    olive.driver.complaints().clear()  # Firefox tells them too; they were wanted here
