from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value: T = value


class Holder(Protocol):
    value: Any


class Length:
    def __init__(self) -> None:
        self.value: float = 1.0


def fill(items: list[Any], table: dict[str, Any], box: Box[Any], holder: Holder) -> None:
    items.append(1)
    table["x"] = 1
    box.value = 1
    holder.value = 1


def look(items: Sequence[Any], keys: object) -> None:
    print(len(items), keys is None)


def f(items: list[float], table: dict[str, float], box: Box[float]) -> None:
    fill(items, table, box, Length())
    look(items, None)
    look([1.0], {True: 1})
