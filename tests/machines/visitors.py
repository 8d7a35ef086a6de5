"""Two people with a browser each, who use a demo as the README says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import async_playwright

from examples.demo.mailbox import Mailbox
from tests.browser.conftest import FLAGS, find_browser
from tests.browser.meeting import meet, talk
from tests.browser.person import Person


class Visitor(Person):
    """Reads the code where anybody reads it."""

    async def code_for(self, email: str) -> str:
        page = await self.context.new_page()
        await page.goto(self.origin + "/mail")
        code = await page.get_by_role("article").filter(has_text=email).get_by_role("status").first.inner_text()
        await page.close()
        return code.replace(" ", "")


@asynccontextmanager
async def two_visitors(origin: str) -> AsyncIterator[tuple[Visitor, Visitor]]:
    """In two browsers."""
    async with async_playwright() as playwright:
        launch = playwright.chromium.launch
        browsers = await asyncio.gather(*(launch(executable_path=find_browser(), args=FLAGS) for _ in range(2)))
        ada, ben = [await Visitor.arrive(browser, origin, Mailbox()) for browser in browsers]
        yield ada, ben
        for browser in browsers:
            await browser.close()


async def two_people_talk(origin: str) -> None:
    """Sign-in through the mailbox, a room, a word in each direction, a direct connection, no complaint of the page."""
    async with two_visitors(origin) as (ada, ben):
        await meet(ada, ben, "bare", "", "")
        await talk(ada, ben)
        for person in (ada, ben):
            await person.chat.is_connected("Connected directly")
        assert ada.complaints + ben.complaints == []
