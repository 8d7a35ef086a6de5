from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar, cast

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value: T = value


class Shape:
    scale: float = 1.5
    depth: float = 0.5

    def area(self) -> float:
        return 0.5

    def grown(self, by: int) -> float:
        return self.depth * by


class Square(Shape):
    scale = 2

    @property
    def depth(self) -> int:  # type: ignore[override]
        return 3

    def area(self) -> int:
        return 4

    def grown(self, by: float) -> float:
        return by


def walk(items: Iterable[float]) -> None:
    for item in items:
        print(item)


def first(items: Sequence[float]) -> float:
    return items[0]


def call(function: Callable[[], float], other: Callable[[int], str]) -> None:
    print(function(), other(1))


def one() -> int:
    return 1


def shown(value: float) -> str:
    return str(value)


def numbers() -> Iterator[float]:
    yield from [1, 2]


def same(change: Callable[[T], T], value: T) -> T:
    return change(value)


def main() -> None:
    whole = [1, 2]
    walk((1, 2))
    walk({1, 2})
    walk({1: "a"})
    first((1, 2))
    call(one, shown)
    box: Box[float] = Box(1)
    x: float = 0.5
    x, y = 1, 2
    mixed: list[float] = [*whole, 0.5]
    table: dict[str, float] = {**{"a": 1}, "b": 0.5}
    named: dict[str, float] = dict(a=1)
    changed: float = same(lambda item: item, 5)
    print(box.value, x, y, mixed, table, named, changed, cast(float, 1))
