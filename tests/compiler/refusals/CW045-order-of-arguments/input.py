from __future__ import annotations

from typing import Protocol


class Shape(Protocol):
    def draw(self, *, size: int, colour: str = "red") -> str: ...


class Box:
    def draw(self, *, colour: str = "blue", size: int) -> str:
        return f"box {size} {colour}"


class A:
    def __init__(self, x: int, y: int) -> None:
        self.x: int = x + y

    def bar(self, *, x: int = -1, y: int = -1) -> None:
        print("A", x, y)


class B(A):
    def __init__(self, y: int, x: int) -> None:
        super().__init__(x, y)

    def bar(self, *, y: int = 0, x: int = 0) -> None:
        print("B", x, y)


def made(kind: type[A]) -> A:
    return kind(x=1, y=2)


def main() -> None:
    shape: Shape = Box()
    print(shape.draw(size=3))
    made(B).bar(y=7)
