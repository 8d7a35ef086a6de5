"""Reading and working a screen as a person would: by what it says."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.core import FakeChat, FakePage, HandClock
from widget.model import ChatState, RoomMetadata
from widget.ui.app import App
from widget.ui.view import Node, UiEvent, attributes


def event(
    value: str = "", key: str = "", shift: bool = False, composing: bool = False, above: int = 0, below: int = 0
) -> UiEvent:
    return UiEvent(value, "" if composing else key, shift, above, below)


def act(node: Node, kind: str, happened: UiEvent) -> None:
    """What the DOM does when that kind of event reaches an element."""
    assert node.listener is not None, f"<{node.tag}> hears nothing"
    assert kind in node.listener.names.split(" "), f"<{node.tag}> does not hear {kind}"
    node.listener.act(happened)


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        if isinstance(child, Node):
            yield from walk(child)


def words(node: Node | str) -> str:
    """Everything that can be read, pieces joined by a space."""
    return " ".join(texts(node))


def texts(node: Node | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node
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
        each for each in walk(node) if each.tag in ("button", "input", "textarea") and name_of(node, each) == label
    ]
    assert len(found) == 1, f"{len(found)} are called {label!r}"
    return found[0]


def name_of(tree: Node, node: Node) -> str:
    """The accessible name: aria-label, the label of the field, or the words inside."""
    if "aria-label" in attributes(node):
        return attributes(node)["aria-label"]
    for label in by_tag(tree, "label"):
        if "id" in attributes(node) and attributes(label).get("for") == attributes(node)["id"]:
            return words(label.children[0])
        if node in label.children:
            return words(label).strip()
    return words(node).strip()


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
        self.app = App(self.chat, self.clock, self.page, auto_auth, wanted)
        self.drawings = 0
        self.app.listen(self._count)
        self.app.start()
        self.clock.settle()

    def _count(self) -> None:
        self.drawings += 1

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
            act(node, "click", event())
        self.clock.settle()

    def submit(self, index: int = 0) -> None:
        act(by_tag(self.screen, "form")[index], "submit", event())
        self.clock.settle()

    def type(self, label: str, value: str) -> None:
        act(labelled(self.screen, label), "input", event(value))
        self.clock.settle()

    def press(self, label: str, key: str, shift: bool = False, composing: bool = False) -> UiEvent:
        pressed = event(key=key, shift=shift, composing=composing)
        act(labelled(self.screen, label), "keydown", pressed)
        self.clock.settle()
        return pressed

    def scroll(self, above: int, below: int) -> None:
        act(by_class(self.screen, "cw-log")[0], "scroll", event(above=above, below=below))
        self.clock.settle()
