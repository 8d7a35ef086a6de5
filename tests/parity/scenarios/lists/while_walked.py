"""A list that grows while it is walked is walked on."""

from __future__ import annotations


def main() -> None:
    items = [1, 2]
    for item in items:
        if item < 4:
            items.append(item + 2)
    print(items)
    kept = []
    for item in list(items):
        if item % 2 == 0:
            items.remove(item)
        else:
            kept.append(item)
    print(items, kept)
