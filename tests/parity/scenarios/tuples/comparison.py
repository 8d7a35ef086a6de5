"""Order and equality go from left to right."""

from __future__ import annotations


def main() -> None:
    print((1, "b") < (1, "c"), (1, 2) < (1, 2, 0), (2,) > (1, 9), (1, 2) == (1, 2), ("a", (1, 2)) < ("a", (1, 3)), (1, 2) != (2, 1), max([(1, "z"), (2, "a")]), sorted([(2, 1), (1, 9), (1, 2)]))
