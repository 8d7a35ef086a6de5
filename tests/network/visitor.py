"""Somebody at home, in front of a browser of their own or with others in one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, Self

from playwright.async_api import Browser, Page, Playwright

from tests.browser.pages.sign_in import SignIn
from tests.browser.waiting import eventually_async
from tests.fakes.chromium import without
from tests.network.home import Home
from tests.network.site import PAGE_PORT
from tests.network.street import SERVER

# The chat takes plain http on "localhost" only, so that is the server's name; nobody here asks a name server.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", without("WebRtcHideLocalIpsWithMdns"), f"--host-resolver-rules=MAP localhost {SERVER}",
]  # fmt: skip
TIMEOUT_MS = 60_000
CODE = "(to) => fetch(`/mail/messages?to=${to}`).then((found) => found.json()).then((all) => all.length && all[0].code)"
CREATE = "(name) => chat.createRoom({customName: name, isPublic: true}).then((room) => room.roomId)"
LINKS = "chat.getState().participants.filter((one) => !one.isMe).map((one) => one.link)"
DELIVERIES = """chat.getState().messages.filter((one) => one.type === 'message' && one.mine)
  .map((one) => [one.content, one.delivery])"""

_numbers = itertools.count()


@dataclass(frozen=True)
class Heard:
    """`at_ms` is by the machine's clock."""

    at_ms: float
    sender: str
    text: str


async def open_browser(playwright: Playwright, home: Home) -> Browser:
    return await playwright.chromium.launch(executable_path=home.browser, args=FLAGS)


class Visitor:
    """`name` is what others see."""

    def __init__(self, name: str, home: Home, page: Page) -> None:
        self.name = name
        self.home = home
        self.page = page

    @classmethod
    async def visit(cls, name: str, home: Home, browser: Browser, **asked: object) -> Self:
        """`asked` is for the page: relay, turn, clock."""
        context = await browser.new_context()
        context.set_default_timeout(TIMEOUT_MS)
        visitor = cls(name, home, await context.new_page())
        query = "&".join(f"{word}={value}" for word, value in asked.items())
        await visitor.page.goto(f"http://localhost:{PAGE_PORT}/?{query}")
        return visitor

    async def sign_in(self) -> None:
        address, form = f"visitor.{next(_numbers)}@example.org", SignIn(self.page)
        await form.ask_for_code(address, self.name)

        async def has_code() -> bool:
            return bool(await self.page.evaluate(CODE, address))

        await eventually_async(has_code, within_s=60)
        await form.enter(await self.page.evaluate(CODE, address))
        await self.page.wait_for_function("chat.isAuthenticated()")

    async def create(self, room: str) -> str:
        found: str = await self.page.evaluate(CREATE, room)
        return found

    async def join(self, room: str) -> None:
        await self.page.evaluate("(room) => chat.joinRoom(room).then(() => null)", room)

    async def say(self, text: str) -> None:
        await self.page.evaluate("(text) => chat.sendMessage(text)", text)

    async def heard(self) -> list[Heard]:
        return [Heard(*entry) for entry in await self.page.evaluate("seen.heard")]

    async def links(self) -> list[str]:
        """How the screen says that the others are reached."""
        found: list[str] = await self.page.evaluate(LINKS)
        return found

    async def status(self) -> str:
        found: str = await self.page.evaluate("chat.getState().status")
        return found

    async def ways(self) -> list[str]:
        """How the browser reaches them: by its own statistics of the channels that are open."""
        found: list[str] = await self.page.evaluate("ways()")
        return found

    async def deliveries(self) -> dict[str, str]:
        """What the screen says of one's own messages."""
        return dict(await self.page.evaluate(DELIVERIES))

    async def seen(self) -> dict[str, Any]:
        found: dict[str, Any] = await self.page.evaluate("seen")
        return found

    async def links_become(self, link: str, within_s: float = 60) -> None:
        async def so() -> bool:
            links = await self.links()
            return len(links) > 0 and all(one == link for one in links)

        await eventually_async(so, within_s)
