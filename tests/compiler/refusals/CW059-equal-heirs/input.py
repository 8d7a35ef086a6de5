from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Place:
    pass


@dataclass(frozen=True)
class Point(Place):
    x: int


class HasX(Protocol):
    @property
    def x(self) -> int: ...


def main() -> None:
    places: dict[Place, int] = {}
    things: set[HasX] = set()
    print(len(places), len(things))
