"""The list of rooms as a person sees it."""

from __future__ import annotations

from playwright.async_api import FrameLocator, Locator, Page

from widget.ui.room_list import STILL_MS


class Rooms:
    """Finds everything by its label, through the shadow root."""

    def __init__(self, page: Page | FrameLocator) -> None:
        self._page = page

    @property
    def title(self) -> Locator:
        return self._page.get_by_role("heading", name="Rooms", exact=True)

    async def create(self, name: str, private: bool = False) -> None:
        await self._page.get_by_role("button", name="New room").first.click()
        await self._page.get_by_label("Room name").fill(name)
        if private:
            await self._page.get_by_text("Private", exact=True).click()
        await self._page.get_by_role("button", name="Create room").click()

    def entry(self, name: str) -> Locator:
        return self._page.get_by_role("button", name=f"Join {name}")

    async def join(self, name: str) -> None:
        """The list looks by itself; a page whose network is back does it at once, which saves a test ten seconds.

        While the pointer rests on a room, as it may after a press at that place of the sign-in, new ones come last, and
        of many those are not drawn.
        """
        if await self.entry(name).count() == 0:
            await self.title.hover()
            await self.title.evaluate("() => dispatchEvent(new Event('online'))")
            # A press just after rooms have moved is not taken.
            await self.entry(name).hover()
            await self.entry(name).evaluate(f"() => new Promise((done) => setTimeout(done, {STILL_MS}))")
        await self.entry(name).click()

    async def join_by_invite(self, invite: str) -> None:
        field = self._page.get_by_placeholder("Paste an invite or room ID")
        if not await field.is_visible():
            await self._page.get_by_text("Have an invite?").click()
        await field.fill(invite)
        await field.press("Enter")

    async def sign_out(self) -> None:
        """The button asks first."""
        await self._page.get_by_role("button", name="Sign out").click()
        await self._page.get_by_role("dialog", name="Sign out?").get_by_role("button", name="Sign out").click()
