"""What is held against every conversation, whatever happened to the network."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from tests.network.packets import Packets, packets, wasted
from tests.network.talk import Talk
from tests.network.visitor import Visitor

PATIENCE_S = 60.0
BACK_S = 3.0
MOST_SHOWN = 6


def nothing_wrong(faults: list[str]) -> None:
    assert faults == [], "\n" + "\n".join(faults)


def told(what: str, found: list[str]) -> list[str]:
    """In one line, however many."""
    if len(found) == 0:
        return []
    shown = found if len(found) <= MOST_SHOWN else [*found[: MOST_SHOWN - 2], "...", found[-1]]
    return [f"{what}, {len(found)}: {', '.join(shown)}"]


@dataclass(frozen=True)
class Watched:
    """A conversation from a moment on."""

    talk: Talk
    before: list[Packets]
    said: list[int]
    changes: int = 4  # of who is there, for which keys go to all
    unanswered: int = 0  # HELLOs that each said to somebody who did not answer

    async def faults(self, back_since: float | None = None) -> list[str]:
        """All that must not be, with figures; `back_since` is when the network came back (`time.time`)."""
        talk = self.talk
        found = await _late(talk, back_since) if back_since is not None else []
        found += told("refused", talk.refused) + told("lost", await talk.lost(PATIENCE_S))
        found += told("doubled", await talk.doubled()) + told("false alarm", await talk.alarms())
        found += told("false word", await talk.false_words()) + told("late word", await _late_words(talk))
        return found + await self.wasted() + await untrue(talk)

    async def wasted(self) -> list[str]:
        """Who sent more than twice of what was needed, and of what."""
        others = len(self.talk.people) - 1
        found: list[str] = []
        for person, before, said in zip(self.talk.people, self.before, self.said, strict=True):
            spent = (await packets(person)).since(before)
            words = wasted(spent, len(self.talk.said[person.name]) - said, others, self.changes, self.unanswered)
            found += [f"too many packets: {person.name}'s {word}" for word in words]
        return found


async def watch(talk: Talk) -> Watched:
    before = [await packets(person) for person in talk.people]
    return Watched(talk, before, [len(talk.said[person.name]) for person in talk.people])


def from_the_start(talk: Talk, changes: int = 4, unanswered: int = 0) -> Watched:
    """With all that it took to meet."""
    nobody = Packets(0, 0, 0, 0, 0, 0)
    return Watched(talk, [nobody for _ in talk.people], [0 for _ in talk.people], changes, unanswered)


async def untrue(talk: Talk) -> list[str]:
    """Where the screen says another way than the one that the last message took; all speak once more for that."""
    end = time.monotonic() + BACK_S
    while True:
        await talk.say()
        await talk.lost(PATIENCE_S)
        found = [words for person in talk.people if (words := await _untrue(person)) != ""]
        if len(found) == 0 or time.monotonic() > end:
            return found


async def _late_words(talk: Talk) -> list[str]:
    """Where the screen still says that nobody has what somebody heard."""
    end = time.monotonic() + BACK_S
    while True:
        found = await talk.late_words()
        if len(found) == 0 or time.monotonic() > end:
            return found


async def _untrue(person: Visitor) -> str:
    status, links, ways = await person.status(), await person.links(), await person.ways()
    last = (await person.seen())["lastFrame"]
    over_channel = "turn" if any(way.startswith("relay") for way in ways) else "direct"
    if status == "connected" and set(links) == {over_channel if last == "direct" else "relayed"}:
        return ""
    return f"untrue: {person.name} is {status} with {links}, and sends by {last} {ways}"


async def _late(talk: Talk, since: float) -> list[str]:
    back = await talk.back_after_s(since)
    return [f"late: {name} back after {after_s} s" for name, after_s in back.items() if after_s > BACK_S]


async def settled(talk: Talk, link: str = "direct") -> None:
    """All are connected, again."""
    await asyncio.gather(*(person.links_become(link, PATIENCE_S) for person in talk.people))
