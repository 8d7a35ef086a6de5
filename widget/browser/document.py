"""The document's own functions, also where an image or form of the page is named like one of them.

`<img name="createElement">` hides `document.createElement`: HTML, 3.1.5, named properties of a document. So they are
taken from a document that holds nothing. (Not from `Document.prototype`: Brython cannot hold a prototype of the DOM.)
"""

from __future__ import annotations

from widget.browser import js

SVG = "http://www.w3.org/2000/svg"


class Blank:
    """A document that holds nothing, made when it is needed: where a server imports us there are no documents."""

    def __init__(self) -> None:
        self._made: js.Value = None

    def document(self) -> js.Value:
        if self._made is None:
            self._made = js.new(js.window.Document)
        return self._made


BLANK: Blank = Blank()


def create(tag: str) -> js.Value:
    return BLANK.document().createElement.call(js.window.document, tag)


def create_svg(tag: str) -> js.Value:
    return BLANK.document().createElementNS.call(js.window.document, SVG, tag)


def by_id(name: str) -> js.Value:
    """The element, or None."""
    return BLANK.document().getElementById.call(js.window.document, name)


def all_matching(selector: str) -> list[js.Value]:
    return js.items(BLANK.document().querySelectorAll.call(js.window.document, selector))


def window_of(element: js.Value) -> js.Value:
    """The one that shows it: a chat may be in a window of its own."""
    return element.ownerDocument.defaultView


def listen(event: str, listener: js.Value) -> None:
    """Hear an event of the window, or of the document: on its way there it passes through the window."""
    BLANK.document().addEventListener.call(js.window, event, listener, True)


def unlisten(event: str, listener: js.Value) -> None:
    BLANK.document().removeEventListener.call(js.window, event, listener, True)
