"""A screen as plain values: nodes, what happened to them, and their HTML for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

VOID_TAGS = ("img", "input", "br", "hr")

Attributes = Mapping[str, str | None]


class UiEvent:
    """What a handler may know of a DOM event. `key` is "" while an input method composes. Lengths are CSS pixels."""

    def __init__(self, value: str, key: str, shift: bool, above_px: float, below_px: float) -> None:
        self.value: str = value
        self.key: str = key
        self.shift: bool = shift
        self.above_px: float = above_px
        self.below_px: float = below_px
        self.prevented: bool = False

    def prevent(self) -> None:
        """The browser's own action does not happen. A form is never sent off by the browser."""
        self.prevented = True


Handler = Callable[[UiEvent], None]


@dataclass(frozen=True)
class Listener:
    """`act` hears the events that `names` lists."""

    names: str
    act: Handler


@dataclass(frozen=True)
class Node:
    """One element, made by `h`. `mark` is what an element must have in common with a node to become it."""

    tag: str
    attributes: Attributes
    children: Sequence[Node | str]
    listener: Listener | None
    mark: str


def h(
    tag: str, attributes: Attributes, children: Sequence[Node | str] = (), listener: Listener | None = None
) -> Node:
    """One element; in it elements and texts, which are never markup.

    An attribute of None is not set, one of "" is a bare one. Siblings that come and go or move carry a `key`.

    The DOM gives three attributes a meaning of its own: `value` is the live value of a field, `autofocus` takes the
    focus when the element appears, and a scrolled list with `data-jump` stays where its reader left it, or shows its
    end when that value changes.
    """
    key = attributes.get("key")
    return Node(tag, attributes, children, listener, tag if key is None else key)


def listen(names: str, act: Handler) -> Listener:
    """`names` are names of DOM events, a space between them."""
    return Listener(names, act)


def click(act: Handler) -> Listener:
    return Listener("click", act)


def attributes(node: Node) -> dict[str, str]:
    """The attributes that are set, by name."""
    return {name: value for name, value in node.attributes.items() if value is not None and name != "key"}


def to_html(node: Node | str) -> str:
    """The node as HTML with everything escaped; listeners are left out."""
    if isinstance(node, str):
        return escape(node)
    given = attributes(node)
    inner = "".join([to_html(child) for child in node.children])
    if node.tag == "textarea":
        inner = escape(given.pop("value", ""))
    start = "".join([f' {name}="{escape(value)}"' for name, value in given.items()])
    return f"<{node.tag}{start}>" if node.tag in VOID_TAGS else f"<{node.tag}{start}>{inner}</{node.tag}>"


def escape(content: str) -> str:
    """Text as it may stand in HTML, inside quotes too."""
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
