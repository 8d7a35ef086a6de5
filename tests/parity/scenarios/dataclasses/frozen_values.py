"""Frozen values: equality, replace, nesting."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Place:
    x: int
    y: int


@dataclass(frozen=True)
class Route:
    start: Place
    stops: tuple[Place, ...] = ()


def main() -> None:
    route = Route(Place(0, 0), (Place(1, 2),))
    print(route, replace(route, start=Place(9, 9)), route == Route(Place(0, 0), (Place(1, 2),)), route != Route(Place(0, 1)), Place(1, 2) in route.stops)
