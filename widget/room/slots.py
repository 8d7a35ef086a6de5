"""Whose a place on the disk is: one of a few for each tab, and the tab notes which.

    tab N    "N owner ms": which it is, whose, and when the owner was last heard of, in twelve hex digits

Who loads the page anew, or is a copy of the tab, becomes the owner of what it finds noted.
"""

from __future__ import annotations

from widget.ports import Clock, Digest, Storage
from widget.room.limits import SLOTS
from widget.wire.codec import utf8

FOLDER = "tab"


class Slots:
    """At most one is mine; `name` is "" while none is."""

    def __init__(self, storage: Storage, digest: Digest, clock: Clock) -> None:
        self._storage: Storage = storage
        self._digest: Digest = digest
        self._clock: Clock = clock
        self._owner: str = ""
        self.name: str = ""

    async def find(self) -> bool:
        """The slot that this tab noted becomes mine; False when there is none, or another tab has taken it."""
        self.name, _space, self._owner = self._storage.tab(FOLDER).partition(" ")
        if self.name == "" or not await self.is_mine():
            self.name = ""
            return False
        await self._take(self.name)
        return True

    async def choose(self) -> None:
        """One that nobody uses becomes mine, else the one whose owner was not heard of for longest."""
        used = await self._used()
        heard = {slot[0]: slot[2] for slot in used}
        chosen = "0"
        for number in range(SLOTS):
            name = str(number)
            if heard.get(name, "") < heard.get(chosen, ""):
                chosen = name
        await self._take(chosen)

    async def is_mine(self) -> bool:
        return await self.owner() == self._owner

    async def owner(self) -> str:
        """Whose my slot is now; "" for nobody's."""
        used = await self._used()
        owners = [slot[1] for slot in used if slot[0] == self.name]
        return owners[0] if len(owners) > 0 else ""

    async def sign(self) -> bool:
        """I am still here. False where the disk takes nothing."""
        word = f"{self.name} {self._owner} {self._clock.now_ms():012x}"
        return await self._storage.keep(f"{FOLDER} {self.name}", word.encode("utf-8"))

    async def release(self) -> None:
        self._storage.note_tab(FOLDER, "")
        if self.name != "":
            await self._storage.erase(f"{FOLDER} {self.name}")
            self.name = ""

    async def clear(self) -> None:
        """No slot is anybody's any more: who has one sees it with the next word."""
        await self._storage.discard(FOLDER)

    async def _take(self, name: str) -> None:
        self.name = name
        self._owner = self._digest.random(16).hex()
        self._storage.note_tab(FOLDER, f"{name} {self._owner}")
        await self.sign()

    async def _used(self) -> list[list[str]]:
        records = await self._storage.kept(FOLDER)
        return [utf8(record).split(" ") for record in records]
