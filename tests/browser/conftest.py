"""The demo's stack and a Chromium, once per worker; people with pages of their own for each test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.dom_tab import dom_tab, shared_script
from tests.browser.person import Person
from tests.browser.site import Site, running_site
from tests.fakes.chromium import QUIET, without
from tests.fakes.redis_server import running_redis

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PLAIN_HOST = "plain.test"  # no loopback name: an http page there gets no WebCrypto
FLAGS = [
    *QUIET,
    without("WebRtcHideLocalIpsWithMdns"),
    "--allow-loopback-in-peer-connection",
    f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1",
]

expect.set_options(timeout=15_000)  # other tests share the cores

Arrive = Callable[..., Awaitable[Person]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all of them: the browser lives in it."""
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("asyncio") is not None:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def find_browser() -> str:
    found = [path for name in BROWSERS if (path := shutil.which(name)) is not None]
    assert len(found) > 0, "no Chromium on the PATH: run `make test`, or install chromium"
    return found[0]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo on a free port, over a real Redis."""
    assert (ROOT / "cdn_dist" / "manifest.json").is_file(), "the bundle is not built: run `make build-cdn`"
    with running_redis() as redis, running_site(tmp_path_factory.mktemp("keys"), redis.url) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def arrive(site: Site, chromium: Browser) -> AsyncIterator[Arrive]:
    """Each call is another person in a browser profile of their own. No page may complain unless its test says so."""
    people: list[Person] = []

    async def newcomer(origin: str = "", at: Site = site, **options: object) -> Person:
        person = await Person.arrive(chromium, origin or at.origin, at.mailbox, **options)
        people.append(person)
        return person

    yield newcomer
    for person in people:
        await person.leave()
    assert [complaint for person in people for complaint in person.complaints] == []


@pytest.fixture(scope="session")
def plain_origin(site: Site) -> str:
    """The same server under a name that makes no page secure."""
    return site.origin.replace("127.0.0.1", PLAIN_HOST)


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The widget with dom_page.py as its entry."""
    return shared_script(tmp_path_factory)


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, script: bytes) -> AsyncIterator[Page]:
    """A tab with the screens over a chat that the test speaks for."""
    async with dom_tab(chromium, script) as tab:
        await tab.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
        await tab.get_by_label("E-mail").wait_for()
        yield tab
