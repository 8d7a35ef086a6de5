"""The sign-in screen as a person sees it."""

from __future__ import annotations

from playwright.async_api import FrameLocator, Locator, Page, TimeoutError


class SignIn:
    """Finds everything by its label, through the shadow root."""

    def __init__(self, page: Page | FrameLocator) -> None:
        self._page = page

    @property
    def email(self) -> Locator:
        return self._page.get_by_label("E-mail")

    @property
    def code(self) -> Locator:
        return self._page.get_by_label("Code of 8 digits")

    @property
    def problem(self) -> Locator:
        return self._page.get_by_role("alert")

    async def ask_for_code(self, email: str, name: str) -> None:
        await self.email.fill(email)
        await self._page.get_by_label("Name others see").fill(name)
        await self._page.get_by_role("button", name="Send code").click()
        try:
            await self.code.or_(self.problem).first.wait_for()
        except TimeoutError as error:
            raise AssertionError(f"no answer; the page says: {await self._words()}") from error
        assert await self.code.is_visible(), f"no code was sent: {await self._words()}"

    async def enter(self, code: str) -> None:
        """A whole code is tried at once, without a click."""
        await self.code.fill(code)

    async def _words(self) -> str:
        return await self._page.locator(".cw-auth").inner_text()
