from __future__ import annotations

from dataclasses import dataclass


class Shape:
    def __init__(self, size: int) -> None:
        self.size: int = size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and other.size == self.size


class Square(Shape):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Square)


@dataclass
class Round(Shape):
    radius: int


class Oval(Round):
    pass
