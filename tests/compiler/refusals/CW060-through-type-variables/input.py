from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
Out = TypeVar("Out", covariant=True)


class Sized(Protocol):
    def size(self) -> float: ...


class Source(Protocol[Out]):
    @property
    def value(self) -> Out: ...


class Chain(Protocol):
    def rest(self) -> Chain: ...
    def size(self) -> float: ...


class Box(Generic[T]):
    def __init__(self, item: T) -> None:
        self.value: T = item

    def size(self) -> T:
        return self.value

    def rest(self) -> Box[T]:
        return self


class Named(Box[T]):
    pass


class Tank(Generic[Out]):
    def take(self) -> Out:
        raise ValueError("empty")


class Whole(Tank[int]):
    def take(self) -> int:
        return 3


@dataclass
class Point:
    x: float


Some = TypeVar("Some", bound=Sized)
Number = TypeVar("Number", int, float)
Real = TypeVar("Real", bound=float)


def same(value: T) -> T:
    return value


def either(value: Number) -> float:
    return value


def real(value: Real) -> float:
    return value


def sized(value: Sized) -> None:
    print(value.size())


def chained(value: Chain) -> None:
    print(value.size())


def some(value: Some) -> None:
    print(value.size())


def source(value: Source[float]) -> None:
    print(value.value)


def tank(value: Tank[float]) -> None:
    print(value.take())


def call(change: Callable[[int], float], read: Callable[[str], float], make: Callable[[int], Point]) -> None:
    print(change(1), read("1"), make(1))


def main() -> None:
    sized(Box(1))
    chained(Box(1))
    some(Box(1))
    source(Named(1))
    tank(Whole())
    real(1)
    call(same, float, lambda x: Point(float(x)))
    call(float, int, lambda x: Point(float(x)))
    call(float, float, Point)
