from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Circle:
    radius: int


@dataclass
class Box:
    width: int
    height: int


def area(shape: Circle | Box | None) -> int:
    match shape:
        case None:
            return 0
        case Circle(0) | Box(width=0):
            return 0
        case Circle(radius):
            return radius * 3
        case Box(width, height) if width == height:
            return width**2
        case Box(width=width, height=height):
            return width * height


def command(words: list[str], table: dict[str, int]) -> str:
    match words:
        case ["go", ("north" | "south") as where]:
            return where
        case [first, *rest] if len(rest) > 1:
            return first
        case []:
            return "nothing"
    match table:
        case {"x": 1, "y": y, **more}:
            return f"{y} {len(more)}"
        case _:
            return "?"
