from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


def pair() -> tuple[int, int]:
    return 1, 2


def work(make: Callable[[], object]) -> None:
    make()


def rows(items: Sequence[int]) -> None:
    found: list[Any] = [(1, 2)]
    found.append(items)
    print({"pair": (1, 2)} == found)
    work(pair)
    work(lambda: pair())
