"""Insertion sort and a binary search."""

from __future__ import annotations


def insert(items: list[int], value: int) -> int:
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < value:
            low = middle + 1
        else:
            high = middle
    items.insert(low, value)
    return low


def main() -> None:
    items: list[int] = []
    print([insert(items, value) for value in (5, 2, 8, 5, 1, 9)], items)
