"""What a handler may know of an event, read off the browser's own."""

from __future__ import annotations

from widget.browser import js
from widget.ui.view import UiEvent

COMPOSING = 229  # the key belongs to an input method, also where isComposing is missing (Safari)


def read_event(element: js.Value, kind: str, raw: js.Value) -> UiEvent:
    """`element` is the one that listens."""
    event = UiEvent(kind)
    event.prevented = bool(raw.defaultPrevented)
    if js.type_of(js.get(element, "value")) == "string":
        read_field(element, event)
    if kind == "keydown":
        event.key = raw.key if not bool(raw.isComposing) and raw.keyCode != COMPOSING else ""
        event.control = bool(raw.ctrlKey) or bool(raw.metaKey)
        event.rtl = js.window.getComputedStyle(element).direction == "rtl"
    if kind == "keydown" or kind == "click":
        event.shift = bool(raw.shiftKey)
    elif kind == "paste":
        event.text = raw.clipboardData.getData("text/plain")
    elif kind == "scroll":
        read_scroll(element, event)
    return event


def read_field(element: js.Value, event: UiEvent) -> None:
    """The caret is told as texts: the browser counts in UTF-16, Python in code points."""
    event.value = element.value
    start = js.get(element, "selectionStart")
    if start is not None:
        event.before = cut(event.value, 0, start)
        event.after = cut(event.value, element.selectionEnd)


def read_scroll(element: js.Value, event: UiEvent) -> None:
    event.above_px = element.scrollTop
    event.view_px = element.clientHeight
    event.below_px = element.scrollHeight - event.above_px - event.view_px


def cut(content: str, start: js.Value, end: js.Value = None) -> str:
    slice_ = js.window.String.prototype.slice
    cut_: str = slice_.call(content, start) if end is None else slice_.call(content, start, end)
    return cut_
