"""Names, classes and constants of another module."""

from __future__ import annotations

from tests.parity.scenarios.modules._shapes import PI, Circle, Shape, area_of, registry


class Ring(Circle):
    def area(self) -> float:
        return super().area() / 2


def main() -> None:
    print(Circle(1.0).area(), Ring(2.0).area(), PI, area_of(Ring(1.0)), registry, area_of(Circle(3.0)))
    registry.append("here")
    print(registry, isinstance(Ring(1.0), Shape), Circle(2.0) == Circle(2.0))
