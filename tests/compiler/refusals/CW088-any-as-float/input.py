from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Place:
    def __init__(self, x: float) -> None:
        self.x: float = x

    def move(self, text: str) -> None:
        self.x = json.loads(text)


def read(text: str) -> float:
    x: float = json.loads(text)
    print(x)
    return json.loads(text)


def first(items: list[T]) -> T:
    return items[0]


def deep(anything: list[Any], table: dict[str, Any]) -> None:
    values: list[float] = json.loads("[1]")
    values = [value for value in anything]
    values.extend(anything)
    values[0] = table["x"]
    pair: tuple[str, float | None] = ("x", table["x"])
    y: float = first(anything)
    f: Callable[[], float] = lambda: table["x"]
    print(values, pair, y, f(), Place(table["x"]).x, cast(float, table["x"]), cast("list[float]", anything))


def tuples(anything: Any, half: Callable[[float], float]) -> None:
    point: tuple[int, int] = anything
    points: list[tuple[int, int]] = json.loads("[[1, 2]]")
    frozen: frozenset[int] = anything
    call: Callable[..., float] = half
    print(point, points, len(frozen), call(1), cast("tuple[int, ...]", anything))


def fine(anything: list[Any]) -> None:
    values: list[float] = [float(value) for value in anything]
    values.extend(map(float, anything))
    either: float | Any = anything[0]
    print(values, either is None)
