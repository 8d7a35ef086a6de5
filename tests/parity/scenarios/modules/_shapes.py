"""Shapes that another scenario imports."""

from __future__ import annotations

from dataclasses import dataclass

PI: float = 3.0
registry: list[str] = []


class Shape:
    def area(self) -> float:
        raise NotImplementedError()


@dataclass(frozen=True)
class Circle(Shape):
    radius: float

    def area(self) -> float:
        return PI * self.radius * self.radius


def area_of(shape: Shape) -> str:
    registry.append("area_of")
    return f"{shape.area():.1f}"
