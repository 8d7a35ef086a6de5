"""A node and the element that shows it."""

from __future__ import annotations

from widget.browser import js
from widget.ui.view import Node


class Drawn:
    """`heard` when the element has listeners, which ask the node of the moment."""

    def __init__(self, node: Node | str, element: js.Value) -> None:
        self.node: Node | str = node
        self.element: js.Value = element
        self.children: list[Drawn] = []
        self.heard: bool = False

    def mark(self) -> str:
        return mark(self.node)


def mark(node: Node | str) -> str:
    """What an element must have in common with a node to become it."""
    return "" if isinstance(node, str) else node.mark
