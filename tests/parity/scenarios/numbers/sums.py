"""sum() of ints and floats, with a start."""

from __future__ import annotations


def main() -> None:
    print(sum([1, 2, 3]), sum([]), sum([1, 2], 10), sum(range(5)), sum(x * x for x in [1, 2, 3]))
    print(sum([0.5, 0.25], 0.0), sum([1.5] * 3, 0.0), sum({1: 2, 3: 4}), sum({1: 2, 3: 4}.values()), sum((4, 5)))
