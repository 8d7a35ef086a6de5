"""Optional attributes narrow after a test."""

from __future__ import annotations

class Node:
    def __init__(self, value: int, next_node: Node | None = None) -> None:
        self.value: int = value
        self.next: Node | None = next_node
        self.label: str | None = None

    def length(self) -> int:
        return 1 if self.next is None else 1 + self.next.length()


def total(node: Node | None) -> int:
    result = 0
    while node is not None:
        result += node.value
        node = node.next
    return result


def main() -> None:
    chain = Node(1, Node(2, Node(3)))
    print(total(chain), total(None), chain.length())
    if chain.next is not None and chain.next.next is not None:
        print(chain.next.next.value)
    chain.label = "x"
    print(chain.label.upper(), chain.label == "x", chain.next is None, str(chain.label), f"{Node(1).label}")
