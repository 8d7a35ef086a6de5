"""Tuples of one kind and any length."""

from __future__ import annotations


def total(numbers: tuple[int, ...]) -> int:
    return sum(numbers)


def main() -> None:
    values: tuple[int, ...] = (1, 2, 3)
    print(total(values), total(()), values[1:], values[::-1], values + (4,), values * 2, len(values), max(values), tuple(n * n for n in values), sorted(values, reverse=True), values.index(2), values.count(3))
