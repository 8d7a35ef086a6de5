"""Displays with spread parts."""

from __future__ import annotations


def main() -> None:
    a, b = [1, 2], (3, 4)
    print([*a, *b], [0, *a, 9], [*range(2), *"ab"] == [0, 1, "a", "b"], (*a, 5), {*a, *b} == {1, 2, 3, 4}, {**{"x": 1}, **{"y": 2, "x": 3}})
