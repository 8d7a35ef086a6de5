"""Draws nodes into the DOM: creates, patches by key, listens, and keeps focus and scroll where the reader left them."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import create, create_svg, create_text
from widget.browser.dom_rules import OWN, SVG_TAGS, TAGS, allowed, safe_url
from widget.ui.view import Node, UiEvent

NEAR_END_PX = 48


class Drawn:
    """A node and the element that shows it."""

    def __init__(self, node: Node, element: js.Value) -> None:
        self.node: Node = node
        self.element: js.Value = element
        self.children: list[Drawn] = []
        self.heard: list[str] = []


class Dom:
    """Keeps `root` looking like `view()`. `prefix` keeps the ids of two widgets on a page apart."""

    def __init__(self, root: js.Value, view: Callable[[], Node], prefix: str) -> None:
        self._root: js.Value = root
        self._view: Callable[[], Node] = view
        self._prefix: str = prefix
        self._top: Drawn | None = None
        self._pending: bool = False
        self._stopped: bool = False
        self._engaged: bool = False
        self._wanted: js.Value = None
        self._came_from: js.Value = None
        self._log: Drawn | None = None
        self._at_end: bool = True

    def schedule(self) -> None:
        """Draw with the next frame; many changes make one drawing."""
        if not self._pending and not self._stopped:
            self._pending = True
            js.window.requestAnimationFrame(js.listener(self._frame))

    def draw(self) -> None:
        """Draw now."""
        node = self._view()
        focused = self._focused()
        place = self._place()
        self._wanted = None
        if self._top is None:
            self._top = self._create(node)
            self._root.appendChild(self._top.element)
        else:
            self._patch(self._top, node)
        self._keep_place(place)
        self._keep_focus(focused)

    def stay_at_end(self) -> None:
        """The size of the widget changed: the newest message stays in sight for those who were there."""
        if self._log is not None and self._at_end:
            self._log.element.scrollTop = self._log.element.scrollHeight

    def stop(self) -> None:
        self._stopped = True
        if self._top is not None:
            self._top.element.remove()

    def _frame(self, _time: js.Value) -> None:
        self._pending = False
        if not self._stopped:
            self.draw()

    # Elements

    def _create(self, node: Node) -> Drawn:
        if node.tag == "":
            return Drawn(node, create_text(node.text))
        if node.tag in SVG_TAGS:
            drawn = Drawn(node, create_svg(node.tag))
        elif node.tag in TAGS:
            drawn = Drawn(node, create(node.tag))
        else:
            raise ValueError(f"<{node.tag}> is not drawn")
        for name, value in node.attrs.items():
            self._set(drawn, name, value)
        if "autofocus" in node.attrs and self._wanted is None:
            self._wanted = drawn.element
        if "data-anchor" in node.attrs:
            self._log = drawn
            self._at_end = True
        self._listen(drawn)
        for child in node.children:
            made = self._create(child)
            drawn.children.append(made)
            drawn.element.appendChild(made.element)
        return drawn

    def _patch(self, drawn: Drawn, node: Node) -> None:
        old = drawn.node
        if old is node:
            return
        drawn.node = node
        if node.tag == "":
            if old.text != node.text:
                drawn.element.data = node.text
            return
        for name, value in node.attrs.items():
            if name == "value" or old.attrs.get(name) != value:
                self._set(drawn, name, value)
        for name in old.attrs:
            if name not in node.attrs:
                self._unset(drawn, name)
        self._listen(drawn)
        self._patch_children(drawn, node.children)

    def _patch_children(self, drawn: Drawn, nodes: list[Node]) -> None:
        """Patch what stands where it stood; look for the rest by key. Most often only the end of a list is new."""
        standing = drawn.children
        same = 0
        while same < len(standing) and same < len(nodes) and fits(standing[same].node, nodes[same]):
            self._patch(standing[same], nodes[same])
            same += 1
        if same == len(standing):
            for node in nodes[same:]:
                made = self._create(node)
                standing.append(made)
                drawn.element.appendChild(made.element)
            return
        children: list[Drawn] = []
        left = Leftovers(standing[same:])
        for node in nodes[same:]:
            found = left.take(node)
            if found is None:
                found = self._create(node)
            else:
                self._patch(found, node)
            children.append(found)
        for gone in left.rest():
            gone.element.remove()
            if gone is self._log:
                self._log = None
        self._order(drawn.element, left.kept(), children)
        drawn.children = [*standing[:same], *children]

    def _order(self, parent: js.Value, standing: list[Drawn], children: list[Drawn]) -> None:
        """Put the children in order, moving none that already stands right."""
        at = 0
        moved: list[Drawn] = []
        for child in children:
            while at < len(standing) and standing[at] in moved:
                at += 1
            if at < len(standing) and standing[at] is child:
                at += 1
                continue
            before = standing[at].element if at < len(standing) else None
            parent.insertBefore(child.element, before)
            if child in standing:
                moved.append(child)

    # Attributes and events

    def _set(self, drawn: Drawn, name: str, value: str) -> None:
        element = drawn.element
        if name == "value":
            if element.value != value:
                element.value = value
        elif name == "checked":
            element.checked = True
        elif name in ("href", "src"):
            if safe_url(value):
                element.setAttribute(name, value)
        elif name in OWN:
            return
        elif name in ("id", "for", "aria-describedby"):
            element.setAttribute(name, f"{self._prefix}-{value}")
        elif allowed(name):
            element.setAttribute(name, value)
        else:
            raise ValueError(f"the attribute {name} is not drawn")

    def _unset(self, drawn: Drawn, name: str) -> None:
        if name == "checked":
            drawn.element.checked = False
        elif name not in OWN:
            drawn.element.removeAttribute(name)

    def _listen(self, drawn: Drawn) -> None:
        """One listener for each kind of event; it asks the node of the moment."""
        for name in drawn.node.on:
            if name not in drawn.heard:
                drawn.heard.append(name)
                self._hear(drawn, name)

    def _hear(self, drawn: Drawn, name: str) -> None:
        def heard(raw: js.Value) -> None:
            handler = drawn.node.on.get(name)
            if handler is not None:
                if name != "scroll":
                    self._engaged = True
                event = self._read(drawn, name, raw)
                handler(event)
                if event.prevented:
                    raw.preventDefault()

        drawn.element.addEventListener(name, js.listener(heard))

    def _read(self, drawn: Drawn, name: str, raw: js.Value) -> UiEvent:
        element = drawn.element
        if name == "scroll":
            above_px = int(element.scrollTop)
            below_px = int(element.scrollHeight - element.scrollTop - element.clientHeight)
            self._at_end = below_px <= NEAR_END_PX
            return UiEvent("", "", False, False, above_px, below_px)
        value = str(element.value) if drawn.node.tag in ("input", "textarea") else ""
        if name == "keydown":
            # 229: the key belongs to an input method, also where isComposing is missing (Safari).
            composing = bool(raw.isComposing) or raw.keyCode == 229
            return UiEvent(value, str(raw.key), bool(raw.shiftKey), composing, 0, 0)
        return UiEvent(value, "", False, False, 0, 0)

    # Scroll and focus

    def _place(self) -> Place:
        """Where the reader is, before anything changes."""
        log = self._log
        if log is None:
            return Place(None, 0, "")
        jump = log.node.attrs.get("data-jump", "")
        if self._at_end:
            return Place(None, 0, jump)
        top = log.element.scrollTop
        for child in log.children:
            if child.node.key != "" and child.element.offsetTop + child.element.offsetHeight > top:
                return Place(child.element, int(child.element.offsetTop - top), jump)
        return Place(None, 0, jump)

    def _keep_place(self, place: Place) -> None:
        log = self._log
        if log is None:
            return
        if self._at_end or log.node.attrs.get("data-jump", "") != place.jump:
            self._at_end = True
            log.element.scrollTop = log.element.scrollHeight
        elif place.element is not None and bool(place.element.isConnected):
            log.element.scrollTop = place.element.offsetTop - place.below_top_px

    def _focused(self) -> js.Value:
        return js.get(self._root.getRootNode(), "activeElement")

    def _keep_focus(self, before: js.Value) -> None:
        """What appears with `autofocus` gets the focus, but only from ourselves: never from a field of the page."""
        inside = before is not None and bool(self._root.contains(before))
        gone = before is not None and not bool(before.isConnected)
        if self._wanted is not None and (inside or gone or self._free()):
            if inside:
                self._came_from = before
            self._wanted.focus(js.options({"preventScroll": True}))
        elif gone and self._came_from is not None and bool(self._came_from.isConnected):
            self._came_from.focus(js.options({"preventScroll": True}))

    def _free(self) -> bool:
        """One has used the widget, and nothing else on the page has the focus."""
        active = js.window.document.activeElement
        return self._engaged and (active is None or active.tagName == "BODY")


class Place:
    """A message in sight and how far below the top edge it was."""

    def __init__(self, element: js.Value, below_top_px: int, jump: str) -> None:
        self.element: js.Value = element
        self.below_top_px: int = below_top_px
        self.jump: str = jump


class Leftovers:
    """The children so far: taken by key, those without a key in order by tag."""

    def __init__(self, children: list[Drawn]) -> None:
        self._all: list[Drawn] = children
        self._taken: set[int] = set()
        self._keyed: dict[str, int] = {}
        self._plain: list[int] = []
        for index, child in enumerate(children):
            if child.node.key != "":
                self._keyed[child.node.key] = index
            else:
                self._plain.append(index)

    def take(self, node: Node) -> Drawn | None:
        """The child that becomes this node."""
        if node.key != "":
            index = self._keyed.get(node.key, -1)
            fresh = index >= 0 and index not in self._taken
            return self._use(index) if fresh and fits(self._all[index].node, node) else None
        for index in self._plain:
            if index not in self._taken and self._all[index].node.tag == node.tag:
                return self._use(index)
        return None

    def _use(self, index: int) -> Drawn:
        self._taken.add(index)
        return self._all[index]

    def rest(self) -> list[Drawn]:
        return [child for index, child in enumerate(self._all) if index not in self._taken]

    def kept(self) -> list[Drawn]:
        return [child for index, child in enumerate(self._all) if index in self._taken]


def fits(old: Node, new: Node) -> bool:
    """Whether the element of one can become the other."""
    return old.tag == new.tag and old.key == new.key
