"""Generators inside classes and closures."""

from __future__ import annotations

from collections.abc import Iterator


class Tree:
    def __init__(self, value: int, children: list[Tree]) -> None:
        self.value: int = value
        self.children: list[Tree] = children

    def walk(self) -> Iterator[int]:
        yield self.value
        for child in self.children:
            yield from child.walk()

    def __iter__(self) -> Iterator[int]:
        return self.walk()

    def pairs(self) -> list[tuple[int, int]]:
        def inner() -> Iterator[tuple[int, int]]:
            for child in self.children:
                yield self.value, child.value

        return list(inner())

    def lazily(self) -> Iterator[int]:
        return (self.value + n for n in self)


class Countdown:
    def __init__(self, start: int) -> None:
        self.left: int = start

    def __iter__(self) -> Countdown:
        return self

    def __next__(self) -> int:
        if self.left == 0:
            raise StopIteration()
        self.left -= 1
        return self.left


def main() -> None:
    tree = Tree(1, [Tree(2, [Tree(3, [])]), Tree(4, [])])
    print(list(tree.walk()), [n for n in tree], tree.pairs(), list(tree.lazily()), sum(tree))
    for n in Countdown(3):
        print(n)
    print(next(Countdown(9)), list(Countdown(2)))
