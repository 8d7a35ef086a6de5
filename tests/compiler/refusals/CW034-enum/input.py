from __future__ import annotations

from enum import Enum, auto


class Color(Enum):
    RED = 1
    name = 2
    _GREEN = 3
    BLUE = (4, 5)
    CRIMSON = 1
    TEXT = "t"
    LATE = auto()
    ON: int = 7

    def __len__(self) -> int:
        return 3


def f(color: Color) -> bool:
    color.value = 3
    return color.RED in Color


def g() -> list[Color]:
    return [Color(1.5), Color("t"), Color(None), Color[1]]
