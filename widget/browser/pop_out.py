"""A window of its own for a chat. The script stays the page's, so that the window goes with the page."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import all_matching, listen, unlisten
from widget.browser.mount import Mount

FEATURES = "popup,width=400,height=640"
GONE = "pagehide"  # of the window or of the page
STYLES = ":not(.cw-host)>link[rel~=stylesheet],:not(.cw-host)>style"  # the page's
BARE = "all:initial;display:block"  # custom properties stay; the rest would lay the window out as the chat's place


class PopOut:
    """An empty window is of the page's origin and under its policy, and needs no address. `moved` hears out or back."""

    def __init__(self, mount: Mount, home: js.Value, moved: Callable[[bool], None]) -> None:
        self._mount: Mount = mount
        self._home: js.Value = home
        self._window: js.Value = None
        self._heard: js.Value = js.listener(self.back)
        self._moved: Callable[[bool], None] = moved

    def out(self) -> bool:
        """False where the browser opens no window: then nothing has happened."""
        if self._window is None:
            self._window = js.window.open("", "", FEATURES)
            if self._window is None:
                return False
            page = self._window.document
            page.title = js.window.document.title
            page.body.id = self._home.id  # what the page's own styles say of the chat's place, as its colours
            page.body.className = self._home.className
            page.body.style.cssText = BARE
            for style in all_matching(STYLES):
                page.head.appendChild(style.cloneNode(True))
            self._mount.move(page.body, True)
            self._window.addEventListener(GONE, self._heard)
            listen(GONE, self._heard)
            self._moved(True)
        self._window.focus()
        return True

    def back(self, _event: js.Value = None) -> None:
        window = self._window
        if window is not None:
            self._window = None
            unlisten(GONE, self._heard)
            self._mount.move(self._home, False)
            self._moved(False)
            window.close()
