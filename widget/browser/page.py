"""What the screen asks of the page around it: the clipboard, the reader's zone and clock."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import create, listen, unlisten


class BrowserPage:
    """Copies text. `place` is where a field for the old way of copying may stand for a moment."""

    def __init__(self, place: js.Value) -> None:
        self._place: js.Value = place

    async def copy(self, content: str) -> bool:
        try:
            await js.wait(js.window.navigator.clipboard.writeText(content))
        except Exception:
            return self._copy_selected(content)
        return True

    def _copy_selected(self, content: str) -> bool:
        """Where the page has no clipboard permission, such as in a frame."""
        area = create("textarea")
        area.value = content
        area.readOnly = True
        self._place.appendChild(area)
        area.select()
        try:
            copied = bool(js.window.document.execCommand("copy"))
        except Exception:
            copied = False
        area.remove()
        return copied


def offset_min() -> int:
    """The reader's zone, minutes east of UTC."""
    return -int(js.new(js.window.Date).getTimezoneOffset())


def twelve_hour() -> bool:
    """Whether the reader's language counts hours to twelve."""
    return bool(js.get(_hours(js.window.navigator.language).resolvedOptions(), "hour12"))


def _hours(language: js.Value) -> js.Value:
    options = js.options({"hour": "numeric"})
    try:
        return js.new(js.window.Intl.DateTimeFormat, language, options)
    except Exception:  # WebKitGTK says "C" where the machine has no language, and that is none
        return js.new(js.window.Intl.DateTimeFormat, js.array([]), options)


def on_wake(action: Callable[[], None]) -> Callable[[], None]:
    """Call `action` when the network is back, or the page after sleep or from the back-forward cache."""
    window = js.window

    def woke(_event: js.Value) -> None:
        if not bool(window.document.hidden):
            action()

    listener = js.listener(woke)
    window.addEventListener("online", listener)
    window.addEventListener("pageshow", listener)
    listen("visibilitychange", listener)

    def stop() -> None:
        window.removeEventListener("online", listener)
        window.removeEventListener("pageshow", listener)
        unlisten("visibilitychange", listener)

    return stop
