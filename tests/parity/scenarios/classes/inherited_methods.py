"""Methods overridden, called by super and by each other."""

from __future__ import annotations

from collections.abc import Iterator


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


class Shelf:
    def __str__(self) -> str:
        return "a shelf"

    def __iter__(self) -> Iterator[str]:
        yield "first"

    def __len__(self) -> int:
        return 1


class FullShelf(Shelf):
    def __str__(self) -> str:
        return super().__str__() + ", full"

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        yield "last"

    def __len__(self) -> int:
        return super().__len__() + 1


class Tile(Square):
    def describe(self) -> str:
        return "tile " + super().describe()


def main() -> None:
    shapes: list[Shape] = [Shape("dot"), Square(2.0), Tile(1.5)]
    print([shape.describe() for shape in shapes], [isinstance(shape, Square) for shape in shapes], type(shapes[2]).__name__)
    print(str(FullShelf()), f"{FullShelf()}", list(FullShelf()), len(FullShelf()))
    shelf = Shelf()
    said = shelf.__str__
    print(list(shelf.__iter__()), shelf.__str__(), said(), shelf.__len__())
