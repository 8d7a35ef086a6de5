"""Lists compare item by item."""

from __future__ import annotations


def main() -> None:
    print([1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [2] > [1, 9], [[1], [2]] == [[1], [2]], ["a"] != ["b"], [1, 2] <= [1, 2], [1.0] == [1.0], [None] == [None])
