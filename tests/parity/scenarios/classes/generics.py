"""Type variables are erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)

    def pop(self) -> T:
        return self.items.pop()

    def map(self, change: Callable[[T], U]) -> list[U]:
        return [change(item) for item in self.items]


def first(items: list[T], default: T) -> T:
    return items[0] if len(items) > 0 else default


def main() -> None:
    stack: Stack[int] = Stack()
    stack.push(1)
    stack.push(2)
    print(stack.map(lambda n: n + 0.5), stack.pop() + 1, first([], "none"), first([1.0], 2.0), stack.items)
    words: Stack[str] = Stack()
    words.push("a")
    print(words.pop().upper(), len(words.items))
