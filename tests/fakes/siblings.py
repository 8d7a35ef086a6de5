"""The chats of one site in one browser, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Browser:
    """What the chats of a browser have in common; their records are `MemoryStorage`."""

    def __init__(self) -> None:
        self.here: list[FakeSiblings] = []
        self.turns = asyncio.Lock()


class FakeSiblings:
    """One chat of them. Words come to the others after what is under way."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._heard: Callable[[str], None] = lambda word: None

    def hear(self, heard: Callable[[str], None]) -> None:
        self._heard = heard
        self._browser.here.append(self)

    def tell(self, word: str) -> None:
        for other in self._browser.here if self in self._browser.here else []:
            if other is not self:
                asyncio.get_running_loop().call_soon(other._arrives, word)

    async def turn(self) -> Callable[[], None]:
        await self._browser.turns.acquire()
        return self._browser.turns.release

    def close(self) -> None:
        if self in self._browser.here:
            self._browser.here.remove(self)

    def _arrives(self, word: str) -> None:
        if self in self._browser.here:
            self._heard(word)
