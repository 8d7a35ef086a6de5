"""A room as a person sees it."""

from __future__ import annotations

from playwright.async_api import FrameLocator, Locator, Page, expect


class Chat:
    """Finds everything by its label, through the shadow root."""

    def __init__(self, page: Page | FrameLocator) -> None:
        self._page = page

    @property
    def input(self) -> Locator:
        return self._page.get_by_label("Message", exact=True)

    @property
    def messages(self) -> Locator:
        return self._page.get_by_role("log")

    def line(self, text: str) -> Locator:
        return self.messages.get_by_text(text, exact=True)

    async def say(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def hears(self, text: str, within_s: float = 15) -> None:
        await expect(self.line(text)).to_be_visible(timeout=within_s * 1000)

    async def is_connected(self, how: str, within_s: float = 15) -> None:
        """`how` is what the badge says: "Connected directly", "Relayed (encrypted)"."""
        await expect(self._page.get_by_text(how).first).to_be_visible(timeout=within_s * 1000)

    async def leave(self) -> None:
        await self._page.get_by_role("button", name="Leave room").click()
