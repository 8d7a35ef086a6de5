"""append, extend, insert, pop, remove, clear."""

from __future__ import annotations


def main() -> None:
    items = [1, 2, 3]
    items.append(4)
    items.extend([5, 6])
    items.extend(range(2))
    items.insert(0, 9)
    items.insert(-1, 8)
    items.insert(100, 7)
    items.insert(-100, 0)
    print(items, items.pop(), items.pop(0), items.pop(-2), items)
    items.remove(3)
    print(items, len(items))
    items.clear()
    print(items, len(items) == 0)
