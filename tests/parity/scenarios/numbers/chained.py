"""Chained comparisons evaluate the middle once."""

from __future__ import annotations

calls: list[str] = []


def value(n: int) -> int:
    calls.append(str(n))
    return n


def main() -> None:
    print(1 < value(2) < 3, calls)
    print(3 < value(1) < value(5), calls)
    x = 5
    print(0 <= x <= 5, 0 <= x < 5, 1 == 1 == 1, 1 < 3 > 2, not 1 < 2 < 3)
