"""What the screen asks of the page around it: the clipboard, the reader's zone and clock."""

from __future__ import annotations

from widget.browser import js


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
        area = js.window.document.createElement("textarea")
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
    options = js.record({"hour": "numeric"})
    shown = js.new(js.window.Intl.DateTimeFormat, js.window.navigator.language, options).resolvedOptions()
    return bool(js.get(shown, "hour12"))
