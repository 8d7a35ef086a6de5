"""| and ** and update agree."""

from __future__ import annotations


def main() -> None:
    a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
    print(a | b, b | a, {**a, **b}, a, b)
    a |= b
    print(a, a == {"z": 4, "y": 3, "x": 1})
