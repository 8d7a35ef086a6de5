from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Source(Protocol):
    def take(self) -> object: ...


class Sink(Protocol):
    def put(self, value: tuple[int, int]) -> None: ...


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value: T = value
        self.seen: object = value

    def take(self) -> T:
        return self.value


class Pair:
    def take(self) -> tuple[int, int]:
        return 1, 2


class Other:
    first: object = 1

    def put(self, value: object) -> None:
        print(isinstance(value, list))


class Heir(Other):
    first: tuple[int, int] = (1, 2)


@dataclass
class Held:
    value: object


def kept(value: T) -> object:
    return value


def shown(source: Source) -> None:
    print(isinstance(source.take(), list))


def give(sink: Sink, act: Callable[[tuple[int, int]], None], make: Callable[[tuple[int, int]], Held]) -> None:
    sink.put((1, 2))
    act((1, 2))
    print(isinstance(make((1, 2)).value, list))


def main() -> None:
    shown(Pair())
    shown(Box((1, 2)))
    give(Other(), Other().put, lambda value: Held(None))
    give(Other(), lambda value: None, Held)
    print(kept((1, 2)))
