"""A function or method that returns None, passed for one whose result is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Reader(Protocol):
    def read(self) -> object: ...


class Silent:
    def __init__(self) -> None:
        self.count: int = 0

    def read(self) -> None:
        self.count += 1


class Base:
    def get(self) -> int | None:
        return 1


class Sub(Base):
    def get(self) -> None:
        print("sub")


def show(reader: Reader) -> bool:
    return reader.read() is None


def call(work: Callable[[], int | None]) -> bool:
    return work() is None


def noop() -> None:
    print("noop")


async def later() -> None:
    print("later")


async def main() -> None:
    b: Base = Sub()
    print(b.get() is None, show(Silent()), call(noop), call(lambda: None), call(lambda: noop()))
    x = await later()
    print(x is None, [noop() for _ in range(2)])
    print((noop(), 1))
    f: Callable[[], object] = noop
    items = [f(), f()]
    print(items == [None, None])
    d = {"a": noop()}
    print(d, noop() is None)
