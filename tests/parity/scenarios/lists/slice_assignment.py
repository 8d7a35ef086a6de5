"""A slice can be replaced."""

from __future__ import annotations


def main() -> None:
    items = [0, 1, 2, 3, 4]
    items[1:3] = [9]
    print(items)
    items[1:1] = [7, 8]
    print(items)
    items[:2] = []
    print(items)
    items[-1:] = [5, 6, 7]
    print(items)
    items[10:] = [1]
    items[3:1] = [4]
    print(items)
    items[:] = [2]
    print(items)
