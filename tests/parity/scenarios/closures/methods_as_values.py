"""A method taken as a value keeps its object."""

from __future__ import annotations

from collections.abc import Callable


class Box:
    def __init__(self, value: int) -> None:
        self.value: int = value
        self.listener: Callable[[int], int] = self.add

    def add(self, n: int) -> int:
        self.value += n
        return self.value

    def adders(self) -> list[Callable[[int], int]]:
        return [self.add, lambda n: self.add(n * 10), Box.double]

    @staticmethod
    def double(n: int) -> int:
        return n * 2


def apply(f: Callable[[int], int], n: int) -> int:
    return f(n)


def main() -> None:
    box = Box(1)
    add = box.add
    print(add(2), box.value, box.listener(5), [f(1) for f in box.adders()], apply(box.add, 3), apply(Box.double, 4))
    print(sorted([3, 1, 2], key=box.add), box.value)
