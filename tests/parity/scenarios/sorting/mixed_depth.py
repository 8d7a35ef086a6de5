"""Tuples and lists sort item by item."""

from __future__ import annotations


def main() -> None:
    print(sorted([(2, "a"), (1, "b"), (1, "a")]), sorted([[2], [1, 5], [1], []]), sorted([("a", (2, 1)), ("a", (1, 9))]), max([(1, 2), (1, 3)]), sorted([b"b", b"a"]), sorted([(1, 2.5), (1, -1.0)]))
