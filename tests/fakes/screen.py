"""Reading and working a screen as a person would: by what it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from tests.fakes.core import FakeChat, FakePage, HandClock
from widget.model import ChatState, RoomMetadata
from widget.native.language import English
from widget.ui.app import App
from widget.ui.view import Effect, Node, UiEvent, attributes

VIEW_PX = 600
UNSEEN = {0x2068: None, 0x2069: None}  # the isolates around a name (UAX 9)


def event(kind: str, value: str = "", key: str = "", shift: bool = False) -> UiEvent:
    """The caret stands at the end of the value."""
    happened = UiEvent(kind)
    happened.value = happened.before = value
    happened.key = key
    happened.shift = shift
    return happened


def act(node: Node, happened: UiEvent) -> None:
    """What the DOM does when an event reaches an element."""
    assert node.listener is not None, f"<{node.tag}> hears nothing"
    assert happened.kind in node.listener.names.split(" "), f"<{node.tag}> does not hear {happened.kind}"
    node.listener.act(happened)


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        if isinstance(child, Node):
            yield from walk(child)


def reachable(node: Node) -> Iterator[Node]:
    """Without what lies under a layer."""
    if "inert" not in attributes(node):
        yield node
        for child in node.children:
            if isinstance(child, Node):
                yield from reachable(child)


def words(node: Node | str) -> str:
    """Everything that can be read, pieces joined by a space."""
    return " ".join(texts(node))


def texts(node: Node | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node.translate(UNSEEN)
    else:
        for child in node.children:
            yield from texts(child)


def by_class(node: Node, name: str) -> list[Node]:
    return [found for found in walk(node) if name in attributes(found).get("class", "").split(" ")]


def by_tag(node: Node, tag: str) -> list[Node]:
    return [found for found in walk(node) if found.tag == tag]


def labelled(node: Node, label: str) -> Node:
    """The one button, field or link of that name."""
    found = [
        each for each in reachable(node) if each.tag in ("button", "input", "textarea") and name_of(node, each) == label
    ]
    assert len(found) == 1, f"{len(found)} are called {label!r}"
    return found[0]


def name_of(tree: Node, node: Node) -> str:
    """The accessible name: aria-label, the label of the field, or the words inside that are not hidden from it."""
    if "aria-label" in attributes(node):
        return attributes(node)["aria-label"]
    for label in by_tag(tree, "label"):
        if "id" in attributes(node) and attributes(label).get("for") == attributes(node)["id"]:
            return words(label.children[0])
        if node in label.children:
            return words(label).strip()
    return " ".join(spoken(node)).strip()


def spoken(node: Node | str) -> Iterator[str]:
    """What a screen reader says of it."""
    if isinstance(node, str):
        yield node
    elif attributes(node).get("aria-hidden") != "true":
        for child in node.children:
            yield from spoken(child)


class Person:
    """Someone in front of the screen."""

    def __init__(
        self,
        state: ChatState | None = None,
        rooms: list[RoomMetadata] | None = None,
        auto_auth: bool = False,
        wanted: str = "",
    ) -> None:
        self.chat = FakeChat(state, rooms)
        self.clock = HandClock()
        self.page = FakePage()
        self.app = App(self.chat, self.clock, self.page, English(UTC), auto_auth, wanted)
        self.drawings = 0
        self.written: list[Effect] = []
        self.app.listen(self._count)
        self.app.start()
        self.clock.settle()

    def _count(self) -> None:
        self.drawings += 1

    def settle(self) -> None:
        """What is to be written into a field is, and the field tells of it."""
        self.clock.settle()
        for effect in self.app.stage.effects():
            if effect.kind != "write":
                self.app.stage.do(effect)
            else:
                self.written.append(effect)
                typed = event("input", effect.before + effect.text + effect.after)
                typed.before, typed.after = effect.before + effect.text, effect.after
                act(next(node for node in walk(self.screen) if attributes(node).get("id") == effect.id), typed)
        self.clock.settle()

    @property
    def screen(self) -> Node:
        return self.app.view()

    def sees(self) -> str:
        return words(self.screen)

    def click(self, label: str) -> None:
        node = labelled(self.screen, label)
        if attributes(node).get("type") == "submit":
            self.submit()
        else:
            act(node, event("click"))
        self.settle()

    def submit(self, index: int = 0) -> None:
        act(by_tag(self.screen, "form")[index], event("submit"))
        self.clock.settle()

    def type(self, label: str, value: str) -> None:
        act(labelled(self.screen, label), event("input", value))
        self.clock.settle()

    def press(self, label: str, key: str, shift: bool = False, composing: bool = False) -> UiEvent:
        node = labelled(self.screen, label)
        pressed = event("keydown", attributes(node).get("value", ""), "" if composing else key, shift)
        act(node, pressed)
        self.settle()
        return pressed

    def escape(self) -> None:
        """Pressed in what is topmost."""
        layers = by_class(self.screen, "cw-layer")
        act(layers[-1] if len(layers) > 0 else by_class(self.screen, "cw-chat")[0], event("keydown", key="Escape"))

    def scroll(self, above: int, below: int, view: int = VIEW_PX) -> None:
        moved = event("scroll")
        moved.above_px, moved.below_px, moved.view_px = above, below, view
        act(by_class(self.screen, "cw-log")[0], moved)
        self.clock.settle()
