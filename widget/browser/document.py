"""The document's own functions, also where an image or form of the page is named like one of them.

`<img name="createElement">` hides `document.createElement`: HTML, 3.1.5, named properties of a document. So they are
called as the prototype has them.
"""

from __future__ import annotations

from widget.browser import js

SVG = "http://www.w3.org/2000/svg"


def create(tag: str) -> js.Value:
    return js.window.Document.prototype.createElement.call(js.window.document, tag)


def create_svg(tag: str) -> js.Value:
    return js.window.Document.prototype.createElementNS.call(js.window.document, SVG, tag)


def create_text(content: str) -> js.Value:
    return js.window.Document.prototype.createTextNode.call(js.window.document, content)


def by_id(name: str) -> js.Value:
    """The element, or None."""
    return js.window.Document.prototype.getElementById.call(js.window.document, name)


def all_matching(selector: str) -> list[js.Value]:
    return js.items(js.window.Document.prototype.querySelectorAll.call(js.window.document, selector))


def listen(event: str, listener: js.Value) -> None:
    js.window.EventTarget.prototype.addEventListener.call(js.window.document, event, listener)


def unlisten(event: str, listener: js.Value) -> None:
    js.window.EventTarget.prototype.removeEventListener.call(js.window.document, event, listener)
