from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    x: int


def f(points: list[Point]) -> None:
    a: dict[bytes, int] = {}
    b = {(1, 2.5): 3}
    c: set[float] = set()
    d: list[dict[float, int]] = []
    e = {(point, 1) for point in points}
    print(len(a), len(b), len(c), len(d), len(e))
