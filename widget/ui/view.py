"""A screen as plain values: nodes, what happened to them, and their HTML for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

VOID_TAGS = ("img", "input", "br", "hr")


class UiEvent:
    """What a handler may know of a DOM event. Lengths are CSS pixels."""

    def __init__(self, value: str, key: str, shift: bool, composing: bool, above_px: int, below_px: int) -> None:
        self.value: str = value
        self.key: str = key
        self.shift: bool = shift
        self.composing: bool = composing
        self.above_px: int = above_px
        self.below_px: int = below_px
        self.prevented: bool = False

    def prevent(self) -> None:
        """The browser's own action does not happen."""
        self.prevented = True


Handler = Callable[[UiEvent], None]


@dataclass(frozen=True)
class Node:
    """One element, or a text when `tag` is "". An attribute that is absent is not set; "" is a bare one.

    The DOM gives four attributes a meaning of its own: `value` is the live value of a field, `autofocus` takes the
    focus when the element appears, `data-anchor="end"` keeps a scrolled list where its reader left it, and
    `data-refocus` takes the focus whenever its text changes.
    """

    tag: str
    key: str = ""
    text: str = ""
    attrs: dict[str, str] = field(default_factory=dict)
    on: dict[str, Handler] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


def text(content: str) -> Node:
    """A text node: never markup."""
    return Node("", "", content)


def h(
    tag: str, attrs: dict[str, str], children: list[Node], on: dict[str, Handler] | None = None, key: str = ""
) -> Node:
    """An element; siblings that come and go or move carry a `key`."""
    return Node(tag, key, "", attrs, {} if on is None else on, children)


def box(name: str, children: list[Node], key: str = "") -> Node:
    """A div of the class `cw-<name>`."""
    return h("div", {"class": f"cw-{name}"}, children, None, key)


def line(tag: str, name: str, content: str, key: str = "") -> Node:
    """An element of the class `cw-<name>` that holds one text."""
    return h(tag, {"class": f"cw-{name}"}, [text(content)], None, key)


def to_html(node: Node) -> str:
    """The node as HTML with everything escaped; handlers are left out."""
    if node.tag == "":
        return escape(node.text)
    shown = {name: value for name, value in node.attrs.items() if name != "value" or node.tag != "textarea"}
    attrs = "".join([f' {name}="{escape(value)}"' for name, value in shown.items()])
    if node.tag in VOID_TAGS:
        return f"<{node.tag}{attrs}>"
    inner = "".join([to_html(child) for child in node.children])
    if node.tag == "textarea":
        inner = escape(node.attrs.get("value", ""))
    return f"<{node.tag}{attrs}>{inner}</{node.tag}>"


def escape(content: str) -> str:
    """Text as it may stand in HTML, inside quotes too."""
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
