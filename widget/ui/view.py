"""A screen as plain values: nodes, what happened to them, and their HTML for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

VOID_TAGS = ("img", "input", "br", "hr")

Attributes = Mapping[str, str | None]
NO_ATTRIBUTES: Attributes = {}


class UiEvent:
    """What a handler may know of a DOM event of that `kind`. Lengths are CSS pixels.

    input, keydown, blur: `value` of the field, and what of it stands `before` and `after` the caret or selection.
    keydown: `key`, "" while an input method composes, with `shift` and `control` (Command on a Mac); `rtl` where the
    language goes to the left. click: with `shift`.
    paste: the `text`.
    scroll, rows: how much is hidden `above_px` and `below_px`, and how high the element is, `view_px`.
    rows, of a list with `data-rows`, after each drawing: the heights of its rows, `sizes_px`, by key. Who wants
    to be drawn `again` at once says so.
    outside, of a layer: something outside was pressed.
    `prevented`: somebody within has acted on it.
    """

    def __init__(self, kind: str) -> None:
        self.kind: str = kind
        self.value: str = ""
        self.before: str = ""
        self.after: str = ""
        self.key: str = ""
        self.shift: bool = False
        self.control: bool = False
        self.rtl: bool = False
        self.text: str = ""
        self.above_px: float = 0.0
        self.below_px: float = 0.0
        self.view_px: float = 0.0
        self.sizes_px: dict[str, float] = {}
        self.again: bool = False
        self.prevented: bool = False

    def prevent(self) -> None:
        """The browser's own action does not happen. A form is never sent off by the browser."""
        self.prevented = True


@dataclass(frozen=True)
class Effect:
    """What is done to the element with that `id` after the next drawing, once.

    "focus" it; "show" it, where it is scrolled out of sight; or "write" into the field, between what it has `before`
    and `after`, as if it were typed.
    """

    kind: Literal["focus", "show", "write"]
    id: str
    before: str = ""
    text: str = ""
    after: str = ""


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

    The DOM gives some attributes a meaning of its own. `value` is the live value of a field. `autofocus` takes the
    focus when the element appears. `px100` is the element's height, in hundredths of a pixel. A scrolled list with
    `data-rows` stays where its
    reader left it, by the child with `data-row` at its top edge; its value is "end" where the end is kept in sight
    (else "top") and a number, a space, and "end", "top" or the key of the row that is shown first and when the number
    changes. A layer with `data-layer` stands beside the element of that id, inside the widget.
    An `img` with `data-still` is fetched when it comes into view (`widget/browser/pictures.py`).
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
