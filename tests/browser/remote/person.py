"""Someone in front of a browser that Playwright does not drive; the same verbs as `tests.browser.person.Person`."""

from __future__ import annotations

import asyncio
from typing import Any

from examples.demo.mailbox import Mailbox
from tests.browser.remote.driver import ENTER, Driver
from tests.browser.waiting import eventually, eventually_async
from widget.ui.room_list import STILL_MS

WITHIN_S = 30.0


class RemotePerson:
    """`at` is the origin that the paths belong to."""

    def __init__(self, driver: Driver, at: str, mailbox: Mailbox) -> None:
        self.driver = driver
        self._origin = at
        self._mailbox = mailbox

    async def visit(self, path: str) -> None:
        await self.driver.open(self._origin + path)

    async def come_in(self, email: str, name: str, path: str) -> None:
        """Visits, signs in and sees the rooms."""
        await self.visit(path)
        await self.fill("E-mail", email)
        await self.fill("Name others see", name)
        await self.click("Send code")
        await eventually(lambda: len(self._mailbox.mails(email)) > 0, WITHIN_S)
        await self.fill("Code of 8 digits", self._mailbox.mails(email)[0].code)
        await self.sees("hand.button('New room')")

    async def create_room(self, name: str) -> None:
        await self.click("New room")
        await self.fill("Room name", name)
        await self.click("Create room")
        await self.sees("hand.field('Message')")

    async def join_room(self, name: str) -> None:
        if not await self.has(f"hand.button('Join {name}')"):
            await self.ask("() => dispatchEvent(new Event('online'))")
            await self.sees(f"hand.button('Join {name}')")
            await asyncio.sleep(STILL_MS / 1000)  # a press just after rooms have moved is not taken
        await self.click(f"Join {name}")
        await self.sees("hand.field('Message')")

    async def say(self, text: str) -> None:
        await self.fill("Message", text + ENTER)

    async def hears(self, text: str) -> None:
        await self.sees(f"hand.line({text!r})")

    async def is_connected(self, how: str) -> None:
        await self.sees(f"hand.words({how!r})")

    async def fill(self, label: str, text: str) -> None:
        """Types into the field of that label."""
        await self.sees(f"hand.field({label!r})")
        await self.driver.run("(label) => hand.field(label).focus()", label)
        await self.driver.type(text)

    async def click(self, name: str) -> None:
        await self.sees(f"hand.button({name!r})")
        x, y = await self.driver.run("(name) => hand.place(hand.button(name))", name)
        await self.driver.press(x, y)

    async def sees(self, what: str) -> None:
        try:
            await eventually_async(lambda: self.has(what), WITHIN_S)
        except AssertionError as error:
            words = await self.driver.run("() => [...hand.all()].filter(hand.isSeen).map((e) => e.textContent).pop()")
            raise AssertionError(f"no {what}; complaints: {self.driver.complaints()}; last words: {words}") from error

    async def has(self, what: str) -> bool:
        return bool(await self.driver.run(f"() => !!({what})"))

    async def ask(self, work: str, *given: Any) -> Any:
        return await self.driver.run(work, *given)
