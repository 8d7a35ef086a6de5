"""Draws a view into the page, at most once a frame, and does what it wants done after that."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import window_of
from widget.browser.drawn import Drawn
from widget.browser.elements import Elements
from widget.browser.focus import Focus
from widget.browser.pictures import Pictures
from widget.browser.placement import place
from widget.ui.view import Effect, Node, UiEvent

MOST_PASSES = 4  # a list that has measured its rows may want others


class Dom:
    """Keeps `root` looking like the view. `prefix` keeps the ids of two widgets on a page apart."""

    _view: Callable[[], Node]
    _effects: Callable[[], list[Effect]]

    def __init__(self, root: js.Value, prefix: str) -> None:
        self._root: Drawn = Drawn("", root)
        self._focus: Focus = Focus(root)
        self._pictures: Pictures = Pictures(root)
        self._elements: Elements = Elements(self._focus, prefix, self._pictures)
        self._pending: bool = False

    def show(self, view: Callable[[], Node], effects: Callable[[], list[Effect]]) -> None:
        """Draw `view` from now on; `effects` gives what is wanted after a drawing, once."""
        self._view = view
        self._effects = effects
        self.draw()

    def schedule(self) -> None:
        """Draw with the next frame; many changes make one drawing."""
        if not self._pending:
            self._pending = True
            window_of(self._root.element).requestAnimationFrame(js.listener(self._frame))

    def draw(self) -> None:
        """Draw now."""
        focused = self._focus.now()
        self._remember()
        passes = 0
        while self._pass() and passes < MOST_PASSES:
            passes += 1
        self.settle()
        self._focus.keep(focused)
        for effect in self._effects():
            self._do(effect)

    def move(self, host: js.Value, place: js.Value) -> None:
        """What holds the root, into another window. A frame that the old one owes may never come."""
        self._remember()
        place.appendChild(host)
        self._pictures.moved()
        self._pending = False
        self.schedule()

    def settle(self) -> None:
        """Lists back at their places, layers beside what they belong to; also when the size of the widget changed."""
        for scroller in self._elements.scrollers:
            scroller.restore()
        for layer in self._elements.layers:
            anchor = self._found(layer)
            if anchor is not None:
                place(layer.element, anchor, layer.element.offsetParent)

    def happened(self, raw: js.Value) -> None:
        """On the page, something was pressed or got the focus. What lies below the topmost layer does not keep the
        focus, also where `inert` is unknown; a press outside is told to the layer. Or the page was hidden or shown."""
        if raw.type == "visibilitychange":
            self._pictures.look()
            return
        layers = self._elements.layers
        path = raw.composedPath()
        if len(layers) == 0 or bool(path.includes(layers[-1].element)):
            return
        node = layers[-1].node
        if raw.type == "focusin":
            if bool(path.includes(self._root.element)):
                layers[-1].element.focus()
        elif not isinstance(node, str) and node.listener is not None:
            node.listener.act(UiEvent("outside"))

    def _remember(self) -> None:
        for scroller in self._elements.scrollers:
            scroller.remember()

    def _frame(self, _time: js.Value) -> None:
        self._pending = False
        self.draw()

    def _pass(self) -> bool:
        """Whether another one is wanted."""
        elements = self._elements
        elements.patch_children(self._root, [self._view()])
        elements.scrollers = [each for each in elements.scrollers if bool(each.drawn.element.isConnected)]
        elements.layers = [each for each in elements.layers if bool(each.element.isConnected)]
        again = [scroller.measure() for scroller in elements.scrollers]
        return True in again

    def _by_id(self, name: str) -> js.Value:
        return self._root.element.querySelector(f'[id="{self._elements.id_of(name)}"]')

    def _found(self, layer: Drawn) -> js.Value:
        """What a layer belongs to, or None."""
        node = layer.node
        anchor = None if isinstance(node, str) else node.attributes.get("data-layer")
        return None if anchor is None or anchor == "" else self._by_id(anchor)

    def _do(self, effect: Effect) -> None:
        element = self._by_id(effect.id)
        if element is None:
            return
        if effect.kind == "focus":
            element.focus()
        elif effect.kind == "show":
            element.scrollIntoView(js.options({"block": "nearest"}))
        else:
            covered = element.closest("[inert]")
            active = self._focus.now()
            if covered is not None:
                covered.inert = False
            write(element, effect)
            if covered is not None:
                covered.inert = True
                active.focus()


def write(field: js.Value, effect: Effect) -> None:
    """As if it were typed: the browser can undo it then, and tells of it. Else, as in Firefox before 89, we tell."""
    field.focus()
    old = field.value
    start = js.new(js.window.String, effect.before).length
    end = field.textLength - js.new(js.window.String, effect.after).length
    field.setSelectionRange(start, end)
    field.ownerDocument.execCommand("insertText", False, effect.text)
    if field.value == old and old != effect.before + effect.text + effect.after:
        field.setRangeText(effect.text, start, end, "end")
        field.dispatchEvent(js.new(js.window.Event, "input"))
