"""Methods overridden, called by super and by each other."""

from __future__ import annotations


class Shape:
    def __init__(self, name: str) -> None:
        self.name: str = name

    def area(self) -> float:
        return 0.0

    def describe(self) -> str:
        return f"{self.name}: {self.area():.1f}"


class Square(Shape):
    def __init__(self, side: float) -> None:
        super().__init__("square")
        self.side: float = side

    def area(self) -> float:
        return self.side * self.side


class Tile(Square):
    def describe(self) -> str:
        return "tile " + super().describe()


def main() -> None:
    shapes: list[Shape] = [Shape("dot"), Square(2.0), Tile(1.5)]
    print([shape.describe() for shape in shapes], [isinstance(shape, Square) for shape in shapes], type(shapes[2]).__name__)
