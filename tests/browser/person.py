"""Someone in front of a browser: one context, one page, and everything that the page complains about."""

from __future__ import annotations

import re
from typing import Any, Self

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page

from examples.demo.mailbox import Mail, Mailbox
from tests.browser.pages.chat import Chat
from tests.browser.pages.rooms import Rooms
from tests.browser.pages.sign_in import SignIn
from tests.browser.waiting import eventually

TIMEOUT_MS = 30_000

# Remembers every peer connection, so that a test can ask for its statistics; makes a CSP violation a complaint.
WATCH = """
window.seenPeers = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) { super(...given); window.seenPeers.push(this); }
};
addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective, e.blockedURI));
"""
OPEN_CHANNELS = """async () => {
  const open = [];
  for (const peer of window.seenPeers) {
    for (const entry of (await peer.getStats()).values()) {
      if (entry.type === 'data-channel' && entry.state === 'open') open.push(entry.label);
    }
  }
  return open;
}"""


class Person:
    """`complaints` are console errors, uncaught errors and CSP violations; the fixture fails a test that leaves any."""

    def __init__(self, context: BrowserContext, page: Page, origin: str, mailbox: Mailbox) -> None:
        self.context = context
        self.page = page
        self.origin = origin
        self.complaints: list[str] = []
        self.sign_in = SignIn(page)
        self.rooms = Rooms(page)
        self.chat = Chat(page)
        self._mailbox = mailbox
        self._expected: list[re.Pattern[str]] = []
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)

    @classmethod
    async def arrive(cls, browser: Browser, origin: str, mailbox: Mailbox, **options: Any) -> Self:
        context = await browser.new_context(**options)
        context.set_default_timeout(TIMEOUT_MS)
        await context.add_init_script(WATCH)
        return cls(context, await context.new_page(), origin, mailbox)

    def expect(self, complaint: str) -> None:
        """A complaint that matches this pattern is what the test is about."""
        self._expected.append(re.compile(complaint))

    async def visit(self, path: str = "/zero-config") -> None:
        await self.page.goto(self.origin + path)

    def mails_to(self, email: str) -> list[Mail]:
        """All mails to that address, newest first."""
        return self._mailbox.mails(email)

    async def code_for(self, email: str) -> str:
        """The code of the newest mail to that address."""
        await eventually(lambda: len(self._mailbox.mails(email)) > 0)
        return self._mailbox.mails(email)[0].code

    async def come_in(self, email: str, name: str, path: str = "/zero-config") -> None:
        """Visits, signs in and sees the rooms."""
        await self.visit(path)
        await self.sign_in.ask_for_code(email, name)
        await self.sign_in.enter(await self.code_for(email))
        await self.rooms.title.wait_for()

    async def open_channels(self) -> list[str]:
        """Labels of the data channels that the browser's own statistics call open."""
        found: list[str] = await self.page.evaluate(OPEN_CHANNELS)
        return found

    async def leave(self) -> None:
        await self.context.close()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(message.text)

    def _on_error(self, error: Error) -> None:
        self._complain(str(error))

    def _complain(self, text: str) -> None:
        if not any(pattern.search(text) for pattern in self._expected):
            self.complaints.append(text)


