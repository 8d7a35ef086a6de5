"""The widget's place in a page: a shadow root with the stylesheet beside the script, or the page itself."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import by_id, create
from widget.browser.dom import Dom
from widget.browser.home import HOME, style_integrity
from widget.errors import ConfigError
from widget.ui.view import Node

WIDE_PX = 640
LEAST_HEIGHT_PX = 240
STYLE_WAIT_MS = 3000


class Mount:
    """One widget in one container. Without `css_url` the style on board is used, if there is one."""

    def __init__(self, container: js.Value, css_url: str, theme: str, in_page: bool) -> None:
        self._host: js.Value = create("div")
        self._prefix: str = "cw" if str(container.id) == "" else str(container.id)
        self._dom: Dom | None = None
        self._observer: js.Value = None
        self._sheet: js.Value = None
        if container.clientHeight > LEAST_HEIGHT_PX:
            self._host.setAttribute("data-fill", "")
        self._root: js.Value = self._host if in_page else self._host.attachShadow(js.options({"mode": "open"}))
        self._wrapper: js.Value = create("div")
        self._tree: js.Value = container.getRootNode() if in_page else self._root
        self._dress(container, theme)
        if css_url != "":
            self._style(css_url)
        elif HOME.style != "":
            self._adopt(HOME.style)
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
        if self._sheet is not None:
            kept = [sheet for sheet in js.items(self._tree.adoptedStyleSheets) if sheet != self._sheet]
            self._tree.adoptedStyleSheets = js.array(kept)
        self._host.remove()

    def _dress(self, container: js.Value, theme: str) -> None:
        """The direction is the page's own: a shadow root's styles cannot ask for it."""
        self._wrapper.setAttribute("class", "cw")
        self._wrapper.setAttribute("dir", js.window.getComputedStyle(container).direction)
        if theme in ("dark", "light"):
            self._wrapper.setAttribute("data-theme", theme)

    def _style(self, css_url: str) -> None:
        """Nothing is shown before the styles are here, unless they do not come."""
        link = create("link")
        link.setAttribute("rel", "stylesheet")
        integrity = style_integrity(css_url)
        if integrity != "":
            link.setAttribute("integrity", integrity)
            link.setAttribute("crossorigin", "anonymous")
        link.setAttribute("href", css_url)
        self._wrapper.hidden = True
        link.addEventListener("load", js.listener(self._reveal))
        link.addEventListener("error", js.listener(self._reveal))
        js.window.setTimeout(js.listener(self._reveal), STYLE_WAIT_MS)
        self._root.appendChild(link)

    def _adopt(self, style: str) -> None:
        """A constructed sheet needs no `style-src` of the page. Browsers of before 2023 get the same as a file."""
        if not js.has(self._tree, "adoptedStyleSheets"):
            blob = js.new(js.window.Blob, js.array([style]), js.options({"type": "text/css"}))
            self._style(str(js.window.URL.createObjectURL(blob)))
            return
        self._sheet = js.new(js.window.CSSStyleSheet)
        self._sheet.replaceSync(style)
        self._tree.adoptedStyleSheets = js.array([*js.items(self._tree.adoptedStyleSheets), self._sheet])

    def _reveal(self, _event: js.Value = None) -> None:
        if bool(self._wrapper.hidden):
            self._wrapper.hidden = False
            self._resized(None)

    def _watch_size(self) -> None:
        """Tell the styles when there is room for a second column."""
        self._observer = js.new(js.window.ResizeObserver, js.listener(self._resized))
        self._observer.observe(self._host)

    def _resized(self, _entries: js.Value) -> None:
        if self._host.clientWidth >= WIDE_PX:
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
    found = by_id(container_id)
    if found is None:
        raise ConfigError(
            "config.container",
            f"containerId names no element: there is no id '{container_id}' in the page (yet). "
            "Put the element before the script, or start the chat later.",
        )
    return found
