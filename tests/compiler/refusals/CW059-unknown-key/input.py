from __future__ import annotations

from typing import Any, Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")


class Cache(Generic[K]):
    def __init__(self) -> None:
        self.known: dict[K, int] = {}


def unique(items: list[T]) -> list[T]:
    seen: set[T] = set()
    return [item for item in items if item not in seen]


def several(items: list[Any]) -> None:
    seen: set[Any] = set()
    costs = {item: 1 for item in items}
    print(len(seen), len(costs), unique([1]), unique([(1, 2)]))
    cache: Cache[tuple[int, int]] = Cache()
    print(len(cache.known), dict.fromkeys([(1, 2)]))
    empty = set()
    empty.add((1, 2))


U = TypeVar("U")


def counted(items: list[U]) -> int:
    return len({item for item in items})
