"""The widget's place in a page: a shadow root with the stylesheet beside the script, or the page itself."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.dom import Dom
from widget.errors import ConfigError
from widget.ui.view import Node

WIDE_PX = 640
LEAST_HEIGHT_PX = 240
STYLE_WAIT_MS = 3000


class Mount:
    """One widget in one container. `css_url` is "" when the page brings the styles itself."""

    def __init__(self, container: js.Value, css_url: str, theme: str, in_page: bool) -> None:
        document = js.window.document
        self._host: js.Value = document.createElement("div")
        self._prefix: str = str(container.id)
        self._dom: Dom | None = None
        self._observer: js.Value = None
        if int(container.clientHeight) > LEAST_HEIGHT_PX:
            self._host.setAttribute("data-fill", "")
        self._root: js.Value = self._host if in_page else self._host.attachShadow(js.record({"mode": "open"}))
        self._wrapper: js.Value = document.createElement("div")
        self._dress(container, theme)
        if css_url != "":
            self._style(css_url)
        self._root.appendChild(self._wrapper)
        container.appendChild(self._host)
        self._watch_size()
        for name in ["keydown", "keyup", "keypress"]:
            self._wrapper.addEventListener(name, js.listener(keep_keys))

    def show(self, view: Callable[[], Node]) -> Dom:
        """Draw `view` here from now on."""
        if self._dom is not None:
            self._dom.stop()
        dom = Dom(self._wrapper, view, self._prefix)
        self._dom = dom
        dom.draw()
        return dom

    def remove(self) -> None:
        """Leave nothing behind."""
        if self._dom is not None:
            self._dom.stop()
        if self._observer is not None:
            self._observer.disconnect()
        self._host.remove()

    def _dress(self, container: js.Value, theme: str) -> None:
        """The direction is the page's own: a shadow root's styles cannot ask for it."""
        self._wrapper.setAttribute("class", "cw")
        self._wrapper.setAttribute("dir", js.window.getComputedStyle(container).direction)
        if theme in ("dark", "light"):
            self._wrapper.setAttribute("data-theme", theme)

    def _style(self, css_url: str) -> None:
        """Nothing is shown before the styles are here, unless they do not come."""
        link = js.window.document.createElement("link")
        link.setAttribute("rel", "stylesheet")
        link.setAttribute("href", css_url)
        self._wrapper.hidden = True
        link.addEventListener("load", js.listener(self._reveal))
        link.addEventListener("error", js.listener(self._reveal))
        js.window.setTimeout(js.listener(self._reveal), STYLE_WAIT_MS)
        self._root.appendChild(link)

    def _reveal(self, _event: js.Value = None) -> None:
        if bool(self._wrapper.hidden):
            self._wrapper.hidden = False
            self._resized(None)

    def _watch_size(self) -> None:
        """Tell the styles when there is room for a second column."""
        self._observer = js.new(js.window.ResizeObserver, js.listener(self._resized))
        self._observer.observe(self._host)

    def _resized(self, _entries: js.Value) -> None:
        if int(self._host.clientWidth) >= WIDE_PX:
            self._wrapper.setAttribute("data-wide", "")
        else:
            self._wrapper.removeAttribute("data-wide")
        if self._dom is not None:
            self._dom.stay_at_end()


def keep_keys(event: js.Value) -> None:
    """What one writes here does not trigger the shortcuts of the page."""
    if event.key != "Escape" and event.target.tagName in ("INPUT", "TEXTAREA"):
        event.stopPropagation()


def find_container(container_id: str) -> js.Value:
    """The element of that id. A form field or image named like a function of `document` cannot stand in for it."""
    if container_id == "":
        raise ConfigError("config.missing", "containerId is required: set it to the id of an element of your page.")
    found = js.window.document.getElementById(container_id)
    if found is None:
        raise ConfigError(
            "config.container",
            f"containerId names no element: there is no id '{container_id}' in the page (yet). "
            "Put the element before the script, or start the chat later.",
        )
    return found


def style_url(given: str, script_url: str) -> str:
    """The option; else what the page links already; else the file beside the script."""
    if given != "":
        return given
    for link in js.items(js.window.document.querySelectorAll("link[rel~=stylesheet]")):
        if "chat-widget" in str(link.href).split("/")[-1]:
            return str(link.href)
    if script_url == "":
        return ""
    name = script_url.split("?")[0].split("/")[-1]
    style = "chat-widget.min.css" if ".min." in name else "chat-widget.css"
    return script_url[: script_url.find(name)] + style
