"""Two people, each with a browser of their own, on the page of a server that was set up as its page says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import async_playwright

from examples.demo.mailbox import Mailbox
from tests.browser.conftest import FLAGS, find_browser
from tests.browser.person import Person
from tests.browser.waiting import eventually
from tests.hosting.authority import Authority
from tests.hosting.machine import Machine
from tests.hosting.surroundings import SITE, Mails, browser_flags, browser_in

ORIGIN = f"https://{SITE[0]}"


class Visitor(Person):
    """Reads the code in the mail that came."""

    mails: Mails

    async def code_for(self, email: str) -> str:
        await eventually(lambda: self.mails.code_for(email) != "")
        return self.mails.code_for(email)


@asynccontextmanager
async def two_visitors(
    machine: Machine, authority: Authority, mails: Mails, folder: Path
) -> AsyncIterator[tuple[Visitor, Visitor]]:
    """Neither page may complain of anything."""
    program = str(browser_in(machine, folder, find_browser()))
    flags = [flag for flag in FLAGS if not flag.startswith("--host-resolver-rules")] + browser_flags(authority)
    async with async_playwright() as playwright:
        launch = playwright.chromium.launch
        browsers = await asyncio.gather(*(launch(executable_path=program, args=flags) for _ in range(2)))
        ada, ben = [await Visitor.arrive(browser, ORIGIN, Mailbox()) for browser in browsers]
        ada.mails = ben.mails = mails
        yield ada, ben
        for browser in browsers:
            await browser.close()
        assert ada.complaints + ben.complaints == []
