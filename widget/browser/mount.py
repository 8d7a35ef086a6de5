"""The widget's place in a page: a shadow root with the stylesheet beside the script, or the page itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from widget.browser import js
from widget.browser.document import by_id, create, listen, unlisten, window_of
from widget.browser.dom import Dom
from widget.browser.home import HOME, style_integrity
from widget.browser.language import direction_of
from widget.errors import ConfigError
from widget.ui.view import Effect, Node

WIDE_PX = 640
LEAST_HEIGHT_PX = 240
STYLE_WAIT_MS = 3000
WINDOW = "position:fixed;top:0;left:0;width:100%;height:100%"  # all of a window
OUTSIDE = ("pointerdown", "focusin", "visibilitychange")  # what is heard of the whole page
VIEW = ("resize", "scroll")
UNZOOMED = 1.1  # the scale of a page is seldom exactly 1


@dataclass(frozen=True)
class Look:
    """`theme`, `density` and `mode` as the page set them, "" where it did not."""

    theme: str
    density: str
    mode: str


class Mount:
    """One widget in one container. Without `css_url` the style on board is used, if there is one."""

    def __init__(
        self, container: js.Value, css_url: str, look: Look, in_page: bool, complain: Callable[[Exception], None]
    ) -> None:
        self._complain: Callable[[Exception], None] = complain
        self.removed: Callable[[], None] = lambda: None  # called when the page takes the widget away
        self.resized: Callable[[bool], None] = lambda is_wide: None
        self._mode: str = look.mode
        self.host: js.Value = create("div")
        self.host.className = "cw-host"
        self.host.dataset.mode = look.mode
        self.host.toggleAttribute("data-fill", container.clientHeight > LEAST_HEIGHT_PX)
        self._root: js.Value = self.host if in_page else self.host.attachShadow(js.options({"mode": "open"}))
        self._sheet: js.Value = None
        container.appendChild(self.host)
        self._wrapper: js.Value = self._wrap(look)
        self._dom: Dom = Dom(self._wrapper, container.id if container.id != "" else "cw")
        self._root.appendChild(self._wrapper)
        self._heard: js.Value = js.listener(self._dom.happened)
        for name in OUTSIDE:
            listen(name, self._heard)
        self._sized: js.Value = js.listener(self._resized)
        self._observer: js.Value = js.new(js.window.ResizeObserver, self._sized)
        self._observer.observe(self.host)
        # The page may have been scrolled. Lists are left alone: Tab has just scrolled the one that it leads through.
        self._wrapper.addEventListener("focusin", js.listener(lambda _event: self._fit()))
        self._view: js.Value = None
        self._look()
        if css_url != "":
            self._style(css_url)
        elif HOME.style != "":
            self._adopt(HOME.style)
        else:
            self._unstyled(None)

    def set_theme(self, theme: str) -> None:
        self._wrapper.dataset.theme = theme

    def speak(self, locale: str) -> None:
        self._wrapper.lang = locale
        self._wrapper.dir = direction_of(locale)

    def show(self, view: Callable[[], Node], effects: Callable[[], list[Effect]]) -> Dom:
        """Draw `view` here from now on; `effects` gives what is wanted after a drawing."""
        self._dom.show(view, effects)
        return self._dom

    def changed(self) -> None:
        self._dom.schedule()

    def move(self, place: js.Value, is_out: bool) -> None:
        """Into a window of its own, or back. Its listeners in a window go with that; a sheet is of one document."""
        self._undress()
        self._watch("removeEventListener")
        self._dom.move(self.host, place)
        self._look()
        self.host.style.cssText = WINDOW if is_out else ""
        self._wrapper.dataset.mode = "" if is_out else self._mode
        if self._sheet is not None:
            self._adopt(HOME.style)
        if is_out:
            window = window_of(place)
            for name in OUTSIDE:
                window.addEventListener(name, self._heard, True)
        self._resized(None)

    def remove(self) -> None:
        """Leave nothing behind."""
        self.removed = lambda: None
        self._undress()
        self._observer.disconnect()
        self._watch("removeEventListener")
        for name in OUTSIDE:
            unlisten(name, self._heard)
        self.host.remove()

    def _undress(self) -> None:
        if self._sheet is not None:
            tree = self._root.getRootNode()
            kept = [sheet for sheet in js.items(tree.adoptedStyleSheets) if sheet != self._sheet]
            tree.adoptedStyleSheets = js.array(kept)

    def _wrap(self, look: Look) -> js.Value:
        """English, from left to right on a page of any direction, until another language is here."""
        wrapper = create("div")
        wrapper.className = "cw"
        wrapper.lang = "en"
        wrapper.dir = "ltr"
        wrapper.dataset.theme = look.theme
        wrapper.dataset.density = look.density
        wrapper.dataset.mode = look.mode
        for name in ["keydown", "keyup", "keypress"]:
            wrapper.addEventListener(name, js.listener(keep_keys))
        return wrapper

    def _style(self, css_url: str) -> None:
        """Nothing is shown before the styles are here, unless they do not come.

        Where the page has them already they are here at once: the event that tells so comes a frame later.
        """
        link = create("link")
        link.rel = "stylesheet"
        integrity = style_integrity(css_url)
        if integrity != "":
            link.integrity = integrity
            link.crossOrigin = "anonymous"
        link.href = css_url
        reveal = js.listener(self._reveal)
        link.addEventListener("load", reveal)
        link.addEventListener("error", js.listener(self._unstyled))
        js.window.setTimeout(reveal, STYLE_WAIT_MS)
        self._root.appendChild(link)
        self._wrapper.hidden = True
        if link.sheet is not None:
            self._reveal(None)

    def _adopt(self, style: str) -> None:
        """A constructed sheet needs no `style-src` of the page. Browsers of before 2023 get the same as a file."""
        tree = self._root.getRootNode()
        if not js.has(tree, "adoptedStyleSheets"):
            blob = js.new(js.window.Blob, js.array([style]), js.options({"type": "text/css"}))
            self._style(js.window.URL.createObjectURL(blob))
            return
        self._sheet = js.new(window_of(self.host).CSSStyleSheet)
        self._sheet.replaceSync(style)
        tree.adoptedStyleSheets = js.array([*js.items(tree.adoptedStyleSheets), self._sheet])

    def _unstyled(self, event: js.Value) -> None:
        """Said in the chat too: not every page listens to its errors."""
        error = ConfigError("config.style", "The chat's stylesheet is missing: set cssUrl to its address.")
        self._root.prepend(error.message)
        self._reveal(event)
        self._complain(error)

    def _reveal(self, event: js.Value) -> None:
        self._wrapper.hidden = False
        self._resized(event)

    def _resized(self, _event: js.Value) -> None:
        """Tell the styles when there is room for a second column. What is taken off the page has no size any more."""
        if not bool(self.host.isConnected):
            self.removed()
            return
        is_wide: bool = self.host.clientWidth >= WIDE_PX
        self._wrapper.toggleAttribute("data-wide", is_wide)
        self.resized(is_wide)
        self._fit()
        self._dom.settle()

    def _look(self) -> None:
        window = window_of(self.host)
        view = js.get(window, "visualViewport")
        self._view = window if view is None else view  # Firefox before 91 has none
        self._watch("addEventListener")

    def _watch(self, way: str) -> None:
        for name in VIEW:
            self._view[way](name, self._sized)

    def _fit(self) -> None:
        """Tell the styles what a keyboard on the screen leaves of the window; they heed it while one writes here.

        Not by `innerHeight`: iOS 26 shrinks that too. Not for who zooms in.
        """
        view = self._view
        if view.scale < UNZOOMED:
            top = view.offsetTop - self.host.getBoundingClientRect().top
            self._wrapper.style.cssText = f"--view-top:{top}px;--view-height:{view.height}px"


def keep_keys(event: js.Value) -> None:
    """What one writes here does not trigger the shortcuts of the page."""
    tag: str = event.target.tagName
    if event.key != "Escape" and (tag == "INPUT" or tag == "TEXTAREA"):
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
