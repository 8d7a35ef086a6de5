from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    across: int
    depth: int


class Counter:
    def __init__(self) -> None:
        self.total: int = 0
        self._asked: int = 0

    def count(self, point: Point) -> int:
        self._asked += 1
        self.total += point.across
        return self.total


def run() -> int:
    return Counter().count(Point(1, 2))
