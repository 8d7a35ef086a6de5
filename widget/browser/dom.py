"""Draws nodes into the DOM: patches by key, listens, and keeps focus and scroll where the reader left them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from widget.browser import js
from widget.browser.document import create, create_svg
from widget.ui.view import Attributes, Node, UiEvent, h

NEAR_END_PX = 48
SVG_TAGS = ("svg", "path")


class Drawn:
    """A node and the element that shows it. `heard` when it has listeners, which ask the node of the moment."""

    def __init__(self, node: Node | str, element: js.Value) -> None:
        self.node: Node | str = node
        self.element: js.Value = element
        self.children: list[Drawn] = []
        self.heard: bool = False


class Dom:
    """Keeps `root` looking like the view. `prefix` keeps the ids of two widgets on a page apart."""

    _view: Callable[[], Node]

    def __init__(self, root: js.Value, prefix: str) -> None:
        self._root: Drawn = Drawn("", root)
        self._prefix: str = prefix
        self._pending: bool = False
        self._engaged: bool = False
        self._wanted: js.Value = None
        self._came_from: list[js.Value] = []
        self._log: js.Value = None
        self._at_end: bool = True

    def show(self, view: Callable[[], Node]) -> None:
        """Draw `view` from now on."""
        self._view = view
        self.draw()

    def schedule(self) -> None:
        """Draw with the next frame; many changes make one drawing."""
        if not self._pending:
            self._pending = True
            js.window.requestAnimationFrame(js.listener(self._frame))

    def draw(self) -> None:
        """Draw now."""
        focused = self._root.element.getRootNode().activeElement
        anchor, below_top_px = self._place()
        self._wanted = None
        self._patch_children(self._root, [self._view()])
        self.stay_at_end()
        if anchor is not None and not self._at_end and bool(anchor.isConnected):
            anchor.parentNode.scrollTop = anchor.offsetTop - below_top_px
        self._keep_focus(focused)

    def stay_at_end(self) -> None:
        """The newest message stays in sight for those who were there; also when the size of the widget changed."""
        if self._log is not None and self._at_end:
            self._log.scrollTop = self._log.scrollHeight

    def _frame(self, _time: js.Value) -> None:
        self._pending = False
        self.draw()

    # Elements

    def _create(self, node: Node | str) -> Drawn:
        """An element is made empty and patched."""
        if isinstance(node, str):
            return Drawn(node, js.new(js.window.Text, node))
        drawn = Drawn(h(node.tag, {}), create_svg(node.tag) if node.tag in SVG_TAGS else create(node.tag))
        self._patch(drawn, node)
        return drawn

    def _patch(self, drawn: Drawn, node: Node | str) -> None:
        old = drawn.node
        drawn.node = node
        if isinstance(node, str):
            if isinstance(old, str) and old != node:
                drawn.element.data = node
        elif isinstance(old, Node) and old is not node:
            self._dress(drawn.element, old.attributes, node.attributes)
            if node.listener is not None and not drawn.heard:
                drawn.heard = True
                for name in node.listener.names.split(" "):
                    self._hear(drawn, name)
            self._patch_children(drawn, node.children)

    def _patch_children(self, drawn: Drawn, nodes: Sequence[Node | str]) -> None:
        """Patch what stands where it stood. Most often there is nothing more, or only the end of a list is new."""
        standing = drawn.children
        same = 0
        while same < len(standing) and same < len(nodes) and mark(standing[same].node) == mark(nodes[same]):
            self._patch(standing[same], nodes[same])
            same += 1
        if same < len(standing) or same < len(nodes):
            self._rearrange(drawn, nodes, same)

    def _rearrange(self, drawn: Drawn, nodes: Sequence[Node | str], same: int) -> None:
        """Look for the children from `same` on by key, make what is new, and move none that stands right."""
        standing = drawn.children
        left: dict[str, list[Drawn]] = {}
        for child in standing[same:]:
            name = mark(child.node)
            alike = left.get(name)
            if alike is None:
                left[name] = [child]
            else:
                alike.append(child)
        children: list[Drawn] = []
        for node in nodes[same:]:
            name = mark(node)
            alike = left.get(name)
            if alike is not None and len(alike) > 0:
                child = alike.pop(0)
                self._patch(child, node)
            else:
                child = self._create(node)
            children.append(child)
        for gone in left.values():
            for child in gone:
                child.element.remove()
        place = drawn.element.firstChild if same == 0 else standing[same - 1].element.nextSibling
        for child in children:
            if child.element == place:
                place = place.nextSibling
            else:
                drawn.element.insertBefore(child.element, place)
        drawn.children = [*standing[:same], *children]

    # Attributes and events

    def _dress(self, element: js.Value, old: Attributes, new: Attributes) -> None:
        for name in old:
            if name not in new:
                self._set(element, name, None)
        for name, value in new.items():
            if old.get(name) != value or name == "value" or name not in old:
                self._set(element, name, value)

    def _set(self, element: js.Value, name: str, value: str | None) -> None:
        if name == "value":
            if element.value != value:
                element.value = value
        elif name == "autofocus":
            if self._wanted is None:
                self._wanted = element
        elif name == "data-jump":
            self._log = element
            self._at_end = True
        elif name == "key":
            pass
        elif value is None or ((name == "href" or name == "src") and not safe_url(value)):
            element.removeAttribute(name)
        else:
            own = name == "id" or name == "for" or name == "aria-describedby"
            element.setAttribute(name, f"{self._prefix}-{value}" if own else value)

    def _hear(self, drawn: Drawn, name: str) -> None:
        def heard(raw: js.Value) -> None:
            node = drawn.node
            if not isinstance(node, str) and node.listener is not None:
                if name != "scroll":
                    self._engaged = True
                event = self._read(drawn.element, name, raw)
                node.listener.act(event)
                if event.prevented or name == "submit":
                    raw.preventDefault()

        drawn.element.addEventListener(name, js.listener(heard))

    def _read(self, element: js.Value, name: str, raw: js.Value) -> UiEvent:
        above_px = below_px = 0.0
        if name == "scroll":
            above_px = element.scrollTop
            below_px = element.scrollHeight - above_px - element.clientHeight
            self._at_end = below_px <= NEAR_END_PX
        # 229: the key belongs to an input method, also where isComposing is missing (Safari).
        key = raw.key if name == "keydown" and not bool(raw.isComposing) and raw.keyCode != 229 else ""
        return UiEvent(element.value, key, bool(raw.shiftKey), above_px, below_px)

    # Scroll and focus

    def _place(self) -> tuple[js.Value, float]:
        """What stands at the top edge for one who reads older messages, and how far below it; else None."""
        if self._log is not None and not self._at_end:
            top: float = self._log.scrollTop
            for child in js.items(self._log.children):
                begin: float = child.offsetTop
                height: float = child.offsetHeight
                if begin + height > top:
                    return child, begin - top
        return None, 0.0

    def _keep_focus(self, before: js.Value) -> None:
        """What appears with `autofocus` gets the focus, but only from ourselves: never from a field of the page.

        When what has the focus goes, the last that gave it away and is still there gets it back.
        """
        self._came_from = [each for each in self._came_from if bool(each.isConnected)]
        inside = bool(self._root.element.contains(before))
        gone = before is not None and not bool(before.isConnected)
        target: js.Value = None
        if self._wanted is None:
            target = self._came_from[-1] if gone and len(self._came_from) > 0 else None
        elif inside or gone or self._free():
            target = self._wanted
            if inside:
                self._came_from = [*[each for each in self._came_from if each != before], before]
        if target is not None:
            target.focus(js.options({"preventScroll": True}))
            if inside or gone:  # the reader is at it; otherwise the page stays where it is
                target.scrollIntoView(js.options({"block": "nearest"}))

    def _free(self) -> bool:
        """One has used the widget, and nothing else on the page has the focus."""
        active = js.window.document.activeElement
        return self._engaged and (active is None or active.tagName == "BODY")


def mark(node: Node | str) -> str:
    return "" if isinstance(node, str) else node.mark


def safe_url(address: str) -> bool:
    """Whether the browser itself reads an absolute http or https address."""
    try:
        protocol = js.new(js.window.URL, address).protocol
    except Exception:
        return False
    return bool(protocol == "https:" or protocol == "http:")
