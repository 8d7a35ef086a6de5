"""Two people in a room of the demo with a direct channel between their pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser

from tests.browser.person import Person
from tests.browser.site import Site

LIMIT_MS = 60_000  # what has not come by then is lost
NOW = "performance.timeOrigin + performance.now()"
MAKE = "(name) => chat.createRoom({ customName: name }).then((room) => room.roomId)"
JOIN = "(room) => chat.joinRoom(room).then(() => null)"
IS_DIRECT = "() => chat.getState().participants.some((person) => !person.isMe && person.link === 'direct')"


@dataclass
class Meeting:
    ada: Person
    ben: Person
    room: str


@asynccontextmanager
async def meeting(browser: Browser, site: Site, word: str, script: str = "") -> AsyncIterator[Meeting]:
    """`word` is new in each: it is in their addresses. `script` runs first of all in Ada's page."""
    ada, ben = [await Person.arrive(browser, site.origin, site.mailbox) for _ in range(2)]
    await ada.context.add_init_script(script)
    await ada.come_in(f"ada.{word}@example.org", "Ada")
    await ben.come_in(f"ben.{word}@example.org", "Ben")
    room: str = await ada.page.evaluate(MAKE, word)
    await ben.page.evaluate(JOIN, room)
    for person in (ada, ben):
        await person.page.wait_for_function(IS_DIRECT)
    yield Meeting(ada, ben, room)
    for person in (ben, ada):
        await person.leave()
