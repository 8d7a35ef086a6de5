"""Houses with people for one test."""

from __future__ import annotations

from playwright.async_api import Browser, Playwright

from tests.network.home import Home
from tests.network.judged import PATIENCE_S, settled
from tests.network.services import Services
from tests.network.street import Street
from tests.network.talk import Talk
from tests.network.visitor import Visitor, open_browser


class Neighbourhood:
    """Each house has one browser, with any number of people."""

    def __init__(self, street: Street, services: Services, playwright: Playwright) -> None:
        self.street = street
        self.services = services
        self._playwright = playwright
        self._browsers: dict[Home, Browser] = {}

    async def visitor(self, name: str, home: Home | None = None, **asked: object) -> Visitor:
        """Signed in."""
        visitor = await self.stranger(name, home, **asked)
        await visitor.sign_in()
        return visitor

    async def stranger(self, name: str, home: Home | None = None, **asked: object) -> Visitor:
        """In a house of their own where none is given."""
        home = self.street.home() if home is None else home
        if home not in self._browsers:
            self._browsers[home] = await open_browser(self._playwright, home)
        return await Visitor.visit(name, home, self._browsers[home], **asked)

    async def meet(self, *people: Visitor) -> Talk:
        """The first makes a room, the others join it, each says something and hears the others."""
        room = await people[0].create("street")
        for person in people[1:]:
            await person.join(room)
        talk = Talk(*people)
        await talk.say()
        await talk.all_heard(PATIENCE_S)
        return talk

    async def pair(self, ada: Visitor, ben: Visitor, link: str = "direct") -> Talk:
        """Two who have met and are connected that way."""
        talk = await self.meet(ada, ben)
        await settled(talk, link)
        return talk

    async def close(self) -> None:
        for browser in self._browsers.values():
            await browser.close()

