"""A conversation of which every word is known, and what became of each."""

from __future__ import annotations

import asyncio
import time

from playwright.async_api import Error

from tests.network.visitor import Heard, Visitor

OFTEN_S = 0.5


class Talk:
    """`said` are the texts of each, in order; `refused` what the chat did not take."""

    def __init__(self, *people: Visitor) -> None:
        self.people = people
        self.said: dict[str, list[str]] = {person.name: [] for person in people}
        self.refused: list[str] = []

    async def say(self, *speakers: Visitor) -> None:
        """Each, or everybody, says one more thing."""
        await asyncio.gather(*(self._say(person) for person in speakers or self.people))

    async def say_for(self, seconds: float, each_s: float, *speakers: Visitor) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await self.say(*speakers)
            await asyncio.sleep(min(each_s, max(0.0, end - time.monotonic())))

    async def say_until_heard(self, within_s: float) -> None:
        """They go on speaking until each has heard something of that, or for so long."""
        begun = time.time()
        await self.say()
        while max((await self.back_after_s(begun)).values()) > within_s and time.time() < begun + within_s:
            await asyncio.sleep(OFTEN_S)
            await self.say()

    async def all_heard(self, within_s: float) -> None:
        lost = await self.lost(within_s)
        assert lost == [], f"not heard within {within_s} s: {lost[:9]}; refused: {self.refused[:3]}"

    async def lost(self, within_s: float) -> list[str]:
        """What was not heard in time, as in `missing`."""
        end = time.monotonic() + within_s
        while True:
            missing = await self.missing()
            if len(missing) == 0 or time.monotonic() > end:
                return missing
            await asyncio.sleep(OFTEN_S)

    async def missing(self) -> list[str]:
        """"Ben: Ada 3" for what Ben did not hear of Ada."""
        missing: list[str] = []
        before = {name: list(texts) for name, texts in self.said.items()}
        for person in self.people:
            heard = {one.text for one in await person.heard()}
            others = [text for name, texts in before.items() if name != person.name for text in texts]
            missing += [f"{person.name}: {text}" for text in others if text not in heard]
        return missing

    async def doubled(self) -> list[str]:
        """What was shown more than once, to whom."""
        doubled: list[str] = []
        for person in self.people:
            texts = [one.text for one in await person.heard()]
            doubled += [f"{person.name}: {text}" for text in set(texts) if texts.count(text) > 1]
        return doubled

    async def false_words(self) -> list[str]:
        """"Sent" over what nobody heard, and "delivered" over what not all did."""
        return [
            f"{text}: {delivery}"
            for text, delivery, have in await self._words()
            if (delivery == "sent" and not any(have)) or (delivery == "delivered" and not all(have))
        ]

    async def late_words(self) -> list[str]:
        """"Failed" and "unheard" over what somebody did hear: who was alone a moment ago is told so with a beat."""
        return [
            f"{text}: {delivery}"
            for text, delivery, have in await self._words()
            if delivery in ("failed", "unheard") and any(have)
        ]

    async def _words(self) -> list[tuple[str, str, list[bool]]]:
        """What each said, the word over it, and who of the others heard it."""
        words: list[tuple[str, str, list[bool]]] = []
        for person in self.people:
            others = [{one.text for one in await other.heard()} for other in self.people if other is not person]
            for text, delivery in (await person.deliveries()).items():
                words.append((text, delivery, [text in heard for heard in others]))
        return words

    async def alarms(self) -> list[str]:
        found = [error for person in self.people for error in (await person.seen())["errors"]]
        return [code for _, code, _ in found if code == "link.interception"]

    async def back_after_s(self, since: float) -> dict[str, float]:
        """When each heard the first of the others after that moment (`time.time`)."""
        found: dict[str, float] = {}
        for person in self.people:
            later = [one for one in await person.heard() if _at_s(one) >= since]
            found[person.name] = round(_at_s(later[0]) - since, 2) if len(later) > 0 else float("inf")
        return found

    async def _say(self, person: Visitor) -> None:
        texts = self.said[person.name]
        text = f"{person.name} {len(texts)}"
        try:
            await person.say(text)
            texts.append(text)
        except Error as error:
            self.refused.append(f"{text}: {error.message.splitlines()[0]}")


def _at_s(heard: Heard) -> float:
    return heard.at_ms / 1000
