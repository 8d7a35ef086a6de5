"""The document's own functions, also where an image or form of the page is named like one of them.

`<img name="createElement">` hides `document.createElement`: HTML, 3.1.5, named properties of a document. So they are
taken from a document that holds nothing. (Not from `Document.prototype`: Brython cannot hold a prototype of the DOM.)
"""

from __future__ import annotations

from widget.browser import js

BLANK: js.Value = js.new(js.window.Document)
SVG = "http://www.w3.org/2000/svg"


def create(tag: str) -> js.Value:
    return BLANK.createElement.call(js.window.document, tag)


def create_svg(tag: str) -> js.Value:
    return BLANK.createElementNS.call(js.window.document, SVG, tag)


def create_text(content: str) -> js.Value:
    return BLANK.createTextNode.call(js.window.document, content)


def by_id(name: str) -> js.Value:
    """The element, or None."""
    return BLANK.getElementById.call(js.window.document, name)


def all_matching(selector: str) -> list[js.Value]:
    return js.items(BLANK.querySelectorAll.call(js.window.document, selector))


def listen(event: str, listener: js.Value) -> None:
    BLANK.addEventListener.call(js.window.document, event, listener)


def unlisten(event: str, listener: js.Value) -> None:
    BLANK.removeEventListener.call(js.window.document, event, listener)
