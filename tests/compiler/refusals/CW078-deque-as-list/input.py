from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import Any


def show(value: object, table: dict[str, int]) -> int:
    return table["a"]


def f(queue: deque[int], table: defaultdict[str, int], counts: Counter[str]) -> None:
    values: list[Any] = [queue]
    print(len(values), show(counts, table), show(1, counts))
