"""The other chats of this site in this browser: in the page, in other tabs, in other windows."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.clock import Later

NAME = "strixun-chat"
TURN_MS = 20_000  # a page that sleeps in its turn, as phones make them, holds nobody up for longer


class BrowserSiblings:
    """A browser of before 2022, or one that keeps nothing for this site, may have none: there each goes on alone."""

    def __init__(self) -> None:
        self._channel: js.Value = None

    def hear(self, heard: Callable[[str], None]) -> None:
        try:
            self._channel = js.new(js.window.BroadcastChannel, NAME)
            self._channel.onmessage = js.listener(lambda event: heard(str(event.data)))
        except Exception:
            return

    def tell(self, word: str) -> None:
        if self._channel is not None:
            self._channel.postMessage(word)

    async def turn(self) -> Callable[[], None]:
        begun, over = Later(), Later()

        async def hold(_lock: js.Value) -> None:
            begun.settle(None)
            await over.wait()

        def begin() -> None:
            begun.settle(None)

        try:
            js.window.setTimeout(js.listener(begin), TURN_MS)
            js.window.navigator.locks.request(NAME, js.listener(hold)).catch(js.listener(begin))
        except Exception:
            begin()
        await begun.wait()
        return lambda: over.settle(None)

    def close(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None
