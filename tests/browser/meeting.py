"""Two people on pages of one host, who meet in a room and talk."""

from __future__ import annotations

import asyncio

from tests.browser.person import Person


async def meet(ada: Person, ben: Person, room: str, ada_on: str, ben_on: str = "plain") -> None:
    """Both sign in, the first makes the room, the second joins it."""
    await asyncio.gather(
        ada.come_in(f"ada.{room}@example.org", "Ada", f"/{ada_on}"),
        ben.come_in(f"ben.{room}@example.org", "Ben", f"/{ben_on}"),
    )
    await ada.rooms.create(room)
    await ada.chat.input.wait_for()
    await ben.rooms.join(room)
    await ben.chat.input.wait_for()


async def talk(ada: Person, ben: Person, word: str = "hello") -> None:
    """Each hears the other say a word that was not said before."""
    await ben.chat.say(f"{word} from Ben")
    await ada.chat.hears(f"{word} from Ben")
    await ada.chat.say(f"{word} from Ada")
    await ben.chat.hears(f"{word} from Ada")
