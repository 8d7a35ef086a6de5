from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Named(Protocol):
    name: str


def f(value: object, number: int | float, items: Sequence[int]) -> None:
    print(isinstance(value, Named))
    print(isinstance(number, int))
    print(isinstance(items, list))
