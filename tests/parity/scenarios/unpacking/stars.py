"""A star takes the rest."""

from __future__ import annotations


def main() -> None:
    first, *rest = [1, 2, 3]
    *start, last = "abc"
    a, *middle, z = (1, 2, 3, 4)
    only, *none = [9]
    print(first, rest, start, last, a, middle, z, only, none)
    head, *tail = range(3)
    print(head, tail)
