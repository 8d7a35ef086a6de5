"""The loop's name is its own."""

from __future__ import annotations


def main() -> None:
    x = "outer"
    print([x for x in range(3)], x, {x: x for x in "a"}, x, sum(x for x in [1, 2]), x)
    items = [1, 2]
    items = [item + 1 for item in items]
    print(items)
