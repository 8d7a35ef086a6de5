"""sort changes the list; sorted makes another."""

from __future__ import annotations


def main() -> None:
    items = [3, 1, 2]
    same = items
    new = sorted(items)
    items.sort()
    print(items, same, new, new is items)
    items.sort(key=lambda n: n % 3)
    print(items)
    names = sorted("hello")
    names.sort(reverse=True)
    print(names, sorted((2, 1)), sorted({"b": 1, "a": 2}))
