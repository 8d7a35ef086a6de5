from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int

    @property
    def sum(self) -> int:
        return self.x + self.y

    def far(self) -> bool:
        return self.x > 100


class Plain:
    def __init__(self, name: str) -> None:
        self.name: str = name


def never(number: int, text: str, pair: tuple[int, int]) -> None:
    match number:
        case "1":
            pass
        case [_, _]:
            pass
    match text:
        case [first]:
            print(first)
        case {"k": _}:
            pass
    match pair:
        case (_, _, _):
            pass
        case (_, None):
            pass


def parts(point: Point, plain: Plain, value: object, table: dict[str, int]) -> None:
    match point:
        case Point(_, _, _):
            pass
        case Point(1, x=2):
            pass
        case Point(sum=3):
            pass
        case Point(far=_):
            pass
    match plain:
        case Plain("name"):
            pass
    match value:
        case int(1, 2):
            pass
        case str(length=2):
            pass
    match table:
        case {1: _}:
            pass
