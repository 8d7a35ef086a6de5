"""A comprehension inside another."""

from __future__ import annotations


def main() -> None:
    print([[x * y for x in range(3)] for y in range(3)], [sum(row) for row in [[1, 2], [3]]], [[c.upper() for c in w] for w in ("ab", "c")], [len([x for x in range(n) if x > 0]) for n in range(4)])
