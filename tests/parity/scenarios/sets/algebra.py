"""Union, intersection, difference, and their methods."""

from __future__ import annotations


def main() -> None:
    a, b = {1, 2, 3}, {3, 4}
    print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(b - a), sorted(a ^ b))
    print(sorted(a.union(b)), sorted(a.union([9])), sorted(a.intersection(b)), sorted(a.difference([1])), sorted(a.symmetric_difference(b)), a.isdisjoint({7}), a.isdisjoint(b))
