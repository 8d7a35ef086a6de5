"""How every program begins: classes and functions that its expressions use."""

from __future__ import annotations

PRELUDE = '''"""A program that nobody wrote."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace


@dataclass(order=True)
class Box:
    x: int
    label: str
    weight: float = 1.5

    def size(self) -> int:
        return len(self.label) + self.x % 5

    def moved(self, dx: int) -> Box:
        return replace(self, x=self.x + dx)

    @property
    def total(self) -> int:
        return self.x * 2


class Node:
    def __init__(self, name: str, child: Node | None = None) -> None:
        self.name: str = name
        self.child: Node | None = child

    def depth(self) -> int:
        return 1 if self.child is None else 1 + self.child.depth()

    def __str__(self) -> str:
        return self.name if self.child is None else f"{self.name}>{self.child}"


class Leaf(Node):
    def __init__(self, name: str, value: int) -> None:
        super().__init__(name)
        self.value: int = value

    def depth(self) -> int:
        return super().depth() + self.value % 3


def apply(change: Callable[[int], int], value: int) -> int:
    return change(value)


def first(items: list[int]) -> int | None:
    return items[0] if len(items) > 0 else None
'''
