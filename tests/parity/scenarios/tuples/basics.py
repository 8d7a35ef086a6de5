"""Tuples of fixed shape."""

from __future__ import annotations


def main() -> None:
    point = (1, 2.5, "x")
    print(point, point[0], point[-1], len(point), point == (1, 2.5, "x"), point + (None,), (5,), (), (1, (2, 3)), 2 in (1, 2), "x" in ("a", "b"))
    x, y, name = point
    print(x, y, name)
