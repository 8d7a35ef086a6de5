"""In a frame of another site, in a browser that keeps storage from third parties: one signs in, and talks."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext, async_playwright

from tests.browser.conftest import FLAGS, Arrive, find_browser
from tests.browser.host import FRAMED, HostPage, lax, running_host
from tests.browser.meeting import meet, talk
from tests.browser.pages.chat import Chat
from tests.browser.pages.rooms import Rooms
from tests.browser.pages.sign_in import SignIn
from tests.browser.person import TIMEOUT_MS, WATCH, Person
from tests.browser.site import Site
from tests.fakes.chromium import without
from tests.fakes.effort import also

pytestmark = pytest.mark.no_cover

PAGES = {"plain": lax(), "framed": HostPage(("snapshot",))}
OTHER_SITE = "127.0.0.1"
PARTITIONING = "ThirdPartyStoragePartitioning"  # Chromium has it since 115

# What a frame can keep, and what it sees of what its site kept as a page of its own.
KEEP = "() => { localStorage.setItem('known', 'yes'); document.cookie = 'known=yes; SameSite=None; Secure' }"
KEPT = """async () => {
  const found = { cookie: document.cookie }
  try { found.local = localStorage.getItem('known') } catch (error) { found.local = error.name }
  found.database = await new Promise((resolve) => {
    const request = indexedDB.open('known', 1)
    request.onsuccess = () => resolve('opened')
    request.onerror = () => resolve('refused')
  })
  return found
}"""

# A frame learns its size late, and all its sizes with it: that styles stay is shown by test_strict.py.
CHANGES = "() => hostChanges().filter((change) => !change.includes(' is styled '))"


@dataclass(frozen=True)
class Reader:
    """A setting of chrome://settings/cookies, in a Chromium with or without partitions."""

    blocks: bool
    partitions: bool
    sees: dict[str, Any]

    @asynccontextmanager
    async def browser(self, profile: Path) -> AsyncIterator[BrowserContext]:
        (profile / "Default").mkdir()
        preferences = {"profile": {"cookie_controls_mode": int(self.blocks)}}
        (profile / "Default" / "Preferences").write_text(json.dumps(preferences))
        flags = FLAGS if self.partitions else [*FLAGS, without("WebRtcHideLocalIpsWithMdns", PARTITIONING)]
        async with async_playwright() as playwright:
            context = await playwright.chromium.launch_persistent_context(
                profile, executable_path=find_browser(), args=flags
            )
            context.set_default_timeout(TIMEOUT_MS)
            await context.add_init_script(WATCH)
            yield context
            await context.close()


READERS = {
    "allowing": Reader(False, False, {"cookie": "known=yes", "local": "yes", "database": "opened"}),
    "partitioning": Reader(True, True, {"cookie": "", "local": None, "database": "opened"}),
    "denying": Reader(True, False, {"cookie": "", "local": "SecurityError", "database": "refused"}),
}


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, PAGES) as origin:
        yield origin


@pytest.mark.parametrize("name", also(["denying", "partitioning"], ["allowing"]))
async def test_the_chat_works_in_a_frame_of_another_site(
    name: str, arrive: Arrive, host: str, site: Site, tmp_path: Path
) -> None:
    reader = READERS[name]
    async with reader.browser(tmp_path) as context:
        ada, ben = await in_frame(context, host, site), await arrive(origin=host)
        await ada.page.goto(f"{host}/plain")
        await ada.page.evaluate(KEEP)
        await meet(ada, ben, f"third-{name}", "around/framed")
        assert await ada.page.frames[1].evaluate(KEPT) == reader.sees
        await talk(ada, ben)
        await ada.chat.is_connected("Connected directly")
        assert await ada.page.frames[1].evaluate("crossOriginIsolated") is False
        local = 2 if name == "allowing" else 1  # with the one of KEEP: that anything was ever kept
        noted = [] if name == "denying" else [f"local is {local}", "session is 1"]  # this tab's slot of the database
        assert await ada.page.frames[1].evaluate(CHANGES) == ["window has StrixunChat", *noted]
        assert await ada.page.evaluate("hostChanges()") == []
        ada.expect("401")  # where nothing is kept
        await ada.page.reload()
        await (ada.sign_in.email if name == "denying" else ada.chat.input).wait_for()
        assert ada.complaints == []


async def in_frame(context: BrowserContext, host: str, site: Site) -> Person:
    """Somebody who sees the chat of `host` in a page of another site."""
    person = Person(context, await context.new_page(), host.replace(FRAMED, OTHER_SITE), site.mailbox)
    inside = person.page.frame_locator("iframe")
    person.sign_in, person.rooms, person.chat = SignIn(inside), Rooms(inside), Chat(inside)
    return person
