"""Ints and floats compare by value."""

from __future__ import annotations


def main() -> None:
    print(1 == 1.0, 1 < 1.5, 2 > 1.9, 3 >= 3.0, 0 == -0.0, 1 != 1.0, 10**15 == 1e15, 0.1 + 0.2 == 0.3)
    print(2.0 in [1.0, 2.0], {1: "a"}[1], 0.1 + 0.2, 1 / 3, 2 / 3, 10 / 5)
