"""count, index, in."""

from __future__ import annotations


def main() -> None:
    items = [3, 1, 3, 2]
    print(items.count(3), items.count(9), items.index(3), items.index(3, 1), 2 in items, 9 in items, 9 not in items)
    names = ["a", "b"]
    for name in ("b", "x"):
        try:
            print(names.index(name))
        except ValueError:
            print(name, "is not there")
