"""Browsers that keep nothing, or not everything: the chat works, and forgets with the page what it could not keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, async_playwright

from tests.browser.conftest import FLAGS, Arrive, find_browser
from tests.browser.host import lax, running_host
from tests.browser.meeting import meet, talk
from tests.browser.person import Person
from tests.browser.site import Site
from tests.fakes.effort import also

pytestmark = pytest.mark.no_cover

BROKEN = ["missing", "denied", "silent", "failing", "without_keys"]
PAGES = {name: lax(f"database_{name}") for name in BROKEN} | {"plain": lax()}
BLOCKED = {"profile": {"default_content_setting_values": {"cookies": 2}}}  # chrome://settings/content/siteData
IS_DENIED = "async () => { try { await indexedDB.databases(); return false } catch (error) { return true } }"


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, PAGES) as origin:
        yield origin


@pytest.mark.parametrize("database", also(["denied", "silent"], ["missing", "failing", "without_keys"]))
async def test_the_chat_works_without_a_database(arrive: Arrive, host: str, database: str) -> None:
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await meet(ada, ben, f"database-{database}", database)
    await talk(ada, ben)
    ada.expect("401")  # the refresh token is kept, but the key that it is bound to is not
    await ada.page.reload()
    await ada.sign_in.email.wait_for()  # nothing was kept


async def test_the_chat_works_where_the_reader_forbids_storage(
    arrive: Arrive, host: str, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(BLOCKED))
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            tmp_path, executable_path=find_browser(), args=FLAGS
        )
        ada, ben = await _person(context, host, site), await arrive(origin=host)
        await meet(ada, ben, "forbidden", "plain")
        assert await ada.page.evaluate(IS_DENIED) is True
        await talk(ada, ben)
        assert ada.complaints == []
        await context.close()


async def _person(context: BrowserContext, host: str, site: Site) -> Person:
    return Person(context, await context.new_page(), host, site.mailbox)
