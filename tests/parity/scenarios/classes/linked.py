"""Objects that refer to each other."""

from __future__ import annotations


class Node:
    def __init__(self, value: int, after: Node | None = None) -> None:
        self.value: int = value
        self.after: Node | None = after


def values(node: Node | None) -> list[int]:
    found: list[int] = []
    while node is not None:
        found.append(node.value)
        node = node.after
    return found


def reverse(node: Node | None) -> Node | None:
    back: Node | None = None
    while node is not None:
        node.after, back, node = back, node, node.after
    return back


def main() -> None:
    chain = Node(1, Node(2, Node(3)))
    print(values(chain), values(None), values(reverse(chain)))
