"""Reading and working a screen as a person would: by what it says."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.core import FakeChat, FakePage, HandClock
from widget.model import ChatState, RoomMetadata
from widget.ui.app import App
from widget.ui.stage import ScreenOptions
from widget.ui.view import Node, UiEvent


def event(
    value: str = "", key: str = "", shift: bool = False, composing: bool = False, above: int = 0, below: int = 0
) -> UiEvent:
    return UiEvent(value, key, shift, composing, above, below)


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


def words(node: Node) -> str:
    """Everything that can be read, pieces joined by a space."""
    return " ".join(found.text for found in walk(node) if found.tag == "")


def by_class(node: Node, name: str) -> list[Node]:
    return [found for found in walk(node) if name in found.attrs.get("class", "").split(" ")]


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
    if "aria-label" in node.attrs:
        return node.attrs["aria-label"]
    for label in by_tag(tree, "label"):
        if "id" in node.attrs and label.attrs.get("for") == node.attrs["id"]:
            return label.children[0].text
        if node in label.children:
            return words(label).strip()
    return words(node).strip()


class Person:
    """Someone in front of the screen."""

    def __init__(
        self,
        state: ChatState | None = None,
        rooms: list[RoomMetadata] | None = None,
        options: ScreenOptions | None = None,
    ) -> None:
        self.chat = FakeChat(state, rooms)
        self.clock = HandClock()
        self.page = FakePage()
        self.app = App(self.chat, self.clock, self.page, ScreenOptions() if options is None else options)
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
        if node.attrs.get("type") == "submit":
            self.submit()
        else:
            node.on["click"](event())
        self.clock.settle()

    def submit(self, index: int = 0) -> UiEvent:
        sent = event()
        by_tag(self.screen, "form")[index].on["submit"](sent)
        self.clock.settle()
        return sent

    def type(self, label: str, value: str) -> None:
        labelled(self.screen, label).on["input"](event(value))
        self.clock.settle()

    def press(self, label: str, key: str, shift: bool = False, composing: bool = False) -> UiEvent:
        pressed = event(key=key, shift=shift, composing=composing)
        labelled(self.screen, label).on["keydown"](pressed)
        self.clock.settle()
        return pressed

    def scroll(self, above: int, below: int) -> None:
        by_class(self.screen, "cw-log")[0].on["scroll"](event(above=above, below=below))
        self.clock.settle()
