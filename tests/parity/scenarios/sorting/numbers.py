"""Numbers sort by value, not by text."""

from __future__ import annotations


def main() -> None:
    print(sorted([10, 9, 2, 33, 1]), sorted([1.5, -2.0, 10.0, 0.0]), sorted([3, 1, 2], reverse=True), sorted({5, 50, 6}), sorted([-1, -10, 0]), sorted(range(3), reverse=True), sorted([True, False]))
