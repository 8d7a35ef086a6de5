from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def each(items: list[T], shown: Callable[[T], str]) -> list[str]:
    return [shown(item) for item in items]


def call(shown: Callable[[float], str], pair: Callable[[tuple[int, str]], str]) -> str:
    return f"{shown(1.0)} {pair((1, 'a'))}"


def main() -> None:
    print(" ".join(map(str, [1.0, 2.5])), list(map(repr, ["a", "b'"])), list(map(str, [1, 2])))
    print(list(map(str, [(1, 2)])), list(map(repr, [(1.0, "a")])), list(map(str, [True, False])))
    some: list[float | None] = [1.0, None]
    pairs: list[tuple[int, int] | None] = [(1, 2), None]
    print(list(map(str, some)), list(map(str, pairs)))
    print(each([1.0], str), each([(1, 2)], repr), each(["a"], repr), each([[1.0]], str))
    print(call(str, repr), call(repr, str))
    print(sorted([1.0, 10.0, 1.5], key=str), max([9.0, 10.0], key=repr), sorted([(1, 10), (1, 2)], key=str))
