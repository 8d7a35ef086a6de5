"""Houses with people for one test."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser, Playwright

from tests.network.home import Home
from tests.network.packets import Packets, packets, wasted
from tests.network.services import Services
from tests.network.street import Street
from tests.network.talk import Talk
from tests.network.visitor import Visitor, open_browser

PATIENCE_S = 60.0


class Neighbourhood:
    """Each house has one browser, with any number of people."""

    def __init__(self, street: Street, services: Services, playwright: Playwright) -> None:
        self.street = street
        self.services = services
        self._playwright = playwright
        self._browsers: dict[Home, Browser] = {}

    async def visitor(self, name: str, home: Home | None = None, **asked: object) -> Visitor:
        """Signed in, in a house of their own where none is given."""
        home = self.street.home() if home is None else home
        if home not in self._browsers:
            self._browsers[home] = await open_browser(self._playwright, home)
        return await Visitor.arrive(name, home, self._browsers[home], **asked)

    async def meet(self, *people: Visitor) -> Talk:
        """The first makes a room, the others join it, each says something and hears the others."""
        room = await people[0].create("street")
        for person in people[1:]:
            await person.join(room)
        talk = Talk(*people)
        await talk.say()
        await talk.all_heard(PATIENCE_S)
        return talk

    async def pair(self, ada: Visitor, ben: Visitor) -> Talk:
        """Two who have met and are connected directly."""
        talk = await self.meet(ada, ben)
        await asyncio.gather(*(person.links_become("direct", PATIENCE_S) for person in talk.people))
        return talk

    async def close(self) -> None:
        for browser in self._browsers.values():
            await browser.close()


class Spent:
    """Packets of a conversation from now on."""

    def __init__(self, talk: Talk, before: list[Packets], said: list[int]) -> None:
        self._talk = talk
        self._before = before
        self._said = said

    @classmethod
    async def begin(cls, talk: Talk) -> Spent:
        before = [await packets(person) for person in talk.people]
        return cls(talk, before, [len(talk.said[person.name]) for person in talk.people])

    async def wasted(self) -> list[str]:
        """Who sent more than twice of what was needed, and of what."""
        others = len(self._talk.people) - 1
        found: list[str] = []
        for person, before, said in zip(self._talk.people, self._before, self._said, strict=True):
            spent = (await packets(person)).since(before)
            words = wasted(spent, len(self._talk.said[person.name]) - said, others)
            found += [f"{person.name}'s {word}" for word in words]
        return found
