from __future__ import annotations

from widget.browser import js


def f(name: str, data: bytes) -> js.Value:
    element = js.window.document.createElement(name)
    element.hidden = True
    js.put(element, "aria-label", name)
    record = js.record({"urls": js.array([name]), "body": js.from_bytes(data)})
    if js.platform() == "compiled":
        element.onclick = js.listener(lambda event: None)
    element.focus(js.options({"preventScroll": True}))
    return js.new(js.window.Thing, element, record)
