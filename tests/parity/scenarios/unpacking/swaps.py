"""The right side is evaluated first."""

from __future__ import annotations


def main() -> None:
    a, b = 1, 2
    a, b = b, a
    items = [1, 2, 3]
    items[0], items[2] = items[2], items[0]
    i = 0
    i, items[i] = 1, 99
    x, y, z = a, b, i
    x, y, z = z, x, y
    print(a, b, items, i, x, y, z)
    n, m = 0, 1
    for _ in range(6):
        n, m = m, n + m
    print(n, m)
