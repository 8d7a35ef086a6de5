from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
V = TypeVar("V")
Out = TypeVar("Out", covariant=True)
Real = TypeVar("Real", bound=float)


class Stack(Generic[T]):
    def __init__(self, first: T) -> None:
        self.items: list[T] = [first]

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __getitem__(self, index: int) -> T:
        return self.items[index]

    def __setitem__(self, index: int, value: T) -> None:
        self.items[index] = value

    def __contains__(self, value: T) -> bool:
        return value in self.items


class Named(Stack[T]):
    """Its type variable is that of the base."""


class Pair(Stack[V], Generic[T, V]):
    """The base's `T` is another than its own."""

    def put(self, other: T) -> None:
        self.other: T = other


class Whole(Named[int]):
    def total(self) -> int:
        return sum(self.items) + self[0]


@dataclass(frozen=True)
class Cell(Generic[T]):
    value: T


class Source(Protocol[Out]):
    @property
    def value(self) -> Out: ...


def shown(source: Source[float]) -> str:
    return f"{source.value} {source.value / 2}"


def kept(value: Real) -> float:
    return value


def main() -> None:
    named: Named[float] = Named(1.0)
    named[0] += 2.0
    print([f"{value}" for value in named], named[0] / 2, 3.0 in named)
    pair: Pair[float, int] = Pair(3)
    pair.put(2.0)
    print(f"{pair.items[0]} {pair.other} {pair[0] + 1}")
    texts: Pair[int, str] = Pair("abc")
    print(len(texts[0]), texts[0].upper(), [text * 2 for text in texts])
    print(f"{Whole(4).total()} {Whole(5)[0]}")
    print(shown(Cell(3.0)), f"{kept(2.0)}")
