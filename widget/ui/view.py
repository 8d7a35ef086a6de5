"""A screen as plain values: nodes, what happened to them, and their HTML for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

VOID_TAGS = ("img", "input", "br", "hr")


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
class Node:
    """One element: its tag, its classes, and in it elements and texts, which are never markup.

    `attrs` holds names and values in turn, always the same names in one place; None is an attribute that is not set,
    "" a bare one. Siblings that come and go or move carry a `key`. `act` hears the events that `on` names.

    The DOM gives three attributes a meaning of its own: `value` is the live value of a field, `autofocus` takes the
    focus when the element appears, and a scrolled list with `data-jump` stays where its reader left it, or shows its
    end when that value changes.
    """

    tag: str
    classes: str = ""
    children: Sequence[Node | str] = ()
    attrs: Sequence[str | None] = ()
    key: str = ""
    on: str = ""
    act: Handler | None = None


def attributes(node: Node) -> dict[str, str]:
    """The attributes that are set, by name."""
    given = {} if node.classes == "" else {"class": node.classes}
    for index in range(0, len(node.attrs), 2):
        name, value = node.attrs[index], node.attrs[index + 1]
        if name is not None and value is not None:
            given[name] = value
    return given


def to_html(node: Node | str) -> str:
    """The node as HTML with everything escaped; handlers are left out."""
    if isinstance(node, str):
        return escape(node)
    attrs = attributes(node)
    inner = "".join([to_html(child) for child in node.children])
    if node.tag == "textarea":
        inner = escape(attrs.pop("value", ""))
    start = "".join([f' {name}="{escape(value)}"' for name, value in attrs.items()])
    return f"<{node.tag}{start}>" if node.tag in VOID_TAGS else f"<{node.tag}{start}>{inner}</{node.tag}>"


def escape(content: str) -> str:
    """Text as it may stand in HTML, inside quotes too."""
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
