"""How a program begins: the classes and functions that its expressions use."""

from __future__ import annotations

import re

PRELUDE = '''"""A program that nobody wrote."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

# REGULAR


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

    @total.setter
    def total(self, value: int) -> None:
        self.x = value // 2


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


class Gate:
    """A manager that tells what happens, and may end an error."""

    def __init__(self, name: str, ends: bool = False) -> None:
        self.name: str = name
        self.ends: bool = ends

    def __enter__(self) -> str:
        print("enter", self.name)
        return self.name + "."

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        print("leave", self.name, kind is None, isinstance(error, LookupError), trace is None)
        return self.ends


class Level:
    """A manager that looks at no error."""

    def __init__(self, depth: int) -> None:
        self.depth: int = depth

    def __enter__(self) -> int:
        self.depth += 1
        return self.depth

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.depth -= 2

    def __str__(self) -> str:
        return f"level {self.depth}"


class Pairs:
    """A manager that gives two things, and ends a KeyError."""

    def __enter__(self) -> tuple[int, str]:
        return (3, "three")

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        return kind is KeyError


class Clock:
    """What one part of an expression changes and another reads."""

    def __init__(self) -> None:
        self.now: int = 0

    def tick(self) -> int:
        self.now += 1
        return self.now


clock = Clock()


def told(value: int) -> int:
    print("told", value)
    return value


def spoken(text: str) -> str:
    print("spoken", text)
    return text


def shown(items: list[int]) -> list[int]:
    print("shown", items)
    return items


def telling(count: int) -> Iterator[int]:
    for index in range(count):
        print("telling", index)
        yield index


def walk(rows: list[list[int]]) -> Iterator[int]:
    for row in rows:
        with Level(len(row)) as depth:
            yield from row
            yield depth


def both(items: list[int]) -> Iterator[tuple[int, str]]:
    def named(count: int) -> Iterator[str]:
        for index in range(count):
            yield f"n{index}"

    for item, name in zip(items, named(3)):
        yield item, name


def apply(change: Callable[[int], int], value: int) -> int:
    return change(value)


def first(items: list[int]) -> int | None:
    return items[0] if len(items) > 0 else None


def group(text: str) -> str | None:
    found = ALL.search(text)
    return None if found is None else found[1]


def named(text: str) -> str:
    found = ALL.match(text)
    if found is None or found["inner"] is None:
        return "none"
    return found["inner"] + found[0]
'''


def prelude(body: str, constants: str) -> str:
    """The imports and constants, and the definitions that the program names, or that these name."""
    head, *pieces = PRELUDE.replace("# REGULAR\n", constants.rstrip("\n") + "\n").rstrip("\n").split("\n\n\n")
    kept: list[str] = []
    text = body
    for piece in reversed(pieces):
        found = re.search(r"^(?:(?:class|def) (\w+)|(\w+) = )", piece, re.M)
        assert found is not None
        if re.search(rf"\b{found[1] or found[2]}\b", text):
            kept.insert(0, piece)
            text += piece
    return "\n\n\n".join([head, *kept]) + "\n"
