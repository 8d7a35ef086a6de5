"""reverse in place and reversed beside it."""

from __future__ import annotations


def main() -> None:
    items = [1, 2, 3]
    back = list(reversed(items))
    items.reverse()
    print(items, back, items == back, items[::-1], list(reversed(items[1:])), list(reversed(range(3))), [*reversed("ab")])
