"""Equality and subsets."""

from __future__ import annotations


def main() -> None:
    a = {1, 2}
    print(a == {2, 1}, a != {1}, a <= {1, 2, 3}, a < {1, 2}, a >= {1}, a > {1}, a.issubset([1, 2, 3]), a.issuperset({1}), set() <= a, {1} < {2})
