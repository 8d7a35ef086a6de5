"""Makes elements of nodes and changes them as the nodes change: by key, and no more than differs."""

from __future__ import annotations

from collections.abc import Sequence

from widget.browser import js
from widget.browser.document import create, create_svg
from widget.browser.drawn import Drawn, mark
from widget.browser.focus import Focus
from widget.browser.pictures import GIVEN, Pictures
from widget.browser.reading import read_event
from widget.browser.scroller import Scroller
from widget.ui.view import Attributes, Node, h

SVG_TAGS = ("svg", "path")
NAMING_IDS = ("id", "for", "aria-describedby", "aria-controls", "aria-activedescendant")


class Elements:
    """`prefix` keeps the ids of two widgets on a page apart. It notes what scrolls and which layers there are."""

    def __init__(self, focus: Focus, prefix: str, pictures: Pictures) -> None:
        self._focus: Focus = focus
        self._pictures: Pictures = pictures
        self._prefix: str = prefix
        self.scrollers: list[Scroller] = []
        self.layers: list[Drawn] = []

    def id_of(self, name: str) -> str:
        return f"{self._prefix}-{name}"

    def patch_children(self, drawn: Drawn, nodes: Sequence[Node | str]) -> None:
        """Patch what stands where it stood. Most often there is nothing more, or only the end of a list is new."""
        standing = drawn.children
        same = 0
        while same < len(standing) and same < len(nodes) and standing[same].mark() == mark(nodes[same]):
            self._patch(standing[same], nodes[same])
            same += 1
        if same < len(standing) or same < len(nodes):
            self._rearrange(drawn, nodes, same)

    def _create(self, node: Node | str) -> Drawn:
        """An element is made empty and patched."""
        if isinstance(node, str):
            return Drawn(node, js.new(js.window.Text, node))
        drawn = Drawn(h(node.tag, {}), create_svg(node.tag) if node.tag in SVG_TAGS else create(node.tag))
        if "data-rows" in node.attributes:
            self.scrollers.append(Scroller(drawn))
        if "data-layer" in node.attributes:
            self.layers.append(drawn)
        self._patch(drawn, node)
        return drawn

    def _patch(self, drawn: Drawn, node: Node | str) -> None:
        old = drawn.node
        drawn.node = node
        if isinstance(node, str):
            if isinstance(old, str) and old != node:
                drawn.element.data = node
        elif isinstance(old, Node) and old is not node:
            self._dress(drawn, old.attributes, node.attributes)
            if node.listener is not None and not drawn.heard:
                drawn.heard = True
                for name in node.listener.names.split(" "):
                    self._hear(drawn, name)
            self.patch_children(drawn, node.children)

    def _rearrange(self, drawn: Drawn, nodes: Sequence[Node | str], same: int) -> None:
        """Look for the children from `same` on by key, make what is new, and move none that stands right."""
        standing = drawn.children
        left: dict[str, list[Drawn]] = {}
        for child in standing[same:]:
            name = child.mark()
            alike = left.get(name)
            if alike is None:
                left[name] = [child]
            else:
                alike.append(child)
        children: list[Drawn] = []
        for node in nodes[same:]:
            alike = left.get(mark(node))
            if alike is not None and len(alike) > 0:
                child = alike[0]
                left[mark(node)] = alike[1:]
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

    def _dress(self, drawn: Drawn, old: Attributes, new: Attributes) -> None:
        for name in old:
            if name not in new:
                self._set(drawn, name, None)
        for name, value in new.items():
            if old.get(name) != value or name == "value":
                self._set(drawn, name, value)

    def _set(self, drawn: Drawn, name: str, value: str | None) -> None:
        element = drawn.element
        if name == "value":
            if element.value != value:
                element.value = value
        elif name == "autofocus":
            if value is not None:
                self._focus.want(element)
        elif name == "px100" and value is not None:
            element.style.height = f"calc({value}px / 100)"
        elif name == "data-rows":
            for scroller in self.scrollers:
                if scroller.drawn is drawn and value is not None:
                    scroller.become(value)
        elif name != "key":
            if value is None or ((name == "href" or name == "src") and not safe_url(value)):
                element.removeAttribute(name)
            else:
                element.setAttribute(name, self.id_of(value) if name in NAMING_IDS else value)
            if name in GIVEN:
                self._pictures.given(element)

    def _hear(self, drawn: Drawn, name: str) -> None:
        def heard(raw: js.Value) -> None:
            node = drawn.node
            if not isinstance(node, str) and node.listener is not None:
                event = read_event(drawn.element, name, raw)
                if name != "scroll" and not name.startswith("pointer"):
                    self._focus.engaged = True
                for scroller in self.scrollers:
                    if scroller.drawn is drawn and name == "scroll":
                        scroller.scrolled(event)
                node.listener.act(event)
                if event.prevented or name == "submit":
                    raw.preventDefault()

        drawn.element.addEventListener(name, js.listener(heard))


def safe_url(address: str) -> bool:
    """Whether the browser itself reads an absolute http or https address."""
    try:
        protocol = js.new(js.window.URL, address).protocol
    except Exception:
        return False
    return bool(protocol == "https:" or protocol == "http:")
