from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Color(Enum):
    RED = 1


def names(colors: Iterable[Color]) -> list[str]:
    return [color.name for color in colors]


def f() -> list[str]:
    return names(Color)
