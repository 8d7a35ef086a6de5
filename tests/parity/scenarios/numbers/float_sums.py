"""Sums and averages of floats; from 3.12 on, CPython's sum() keeps the digits that get lost, so they are rounded."""

from __future__ import annotations

def mean(values: list[float]) -> float:
    return sum(values, 0.0) / len(values)


def main() -> None:
    print(mean([1.0, 2.0]), round(mean([0.1, 0.2, 0.3]), 9), round(sum([0.1] * 10, 0.0), 9))
    total = 0.0
    for value in [1.5, 2.5]:
        total += value * 2
    print(total, int(total), total // 3, total % 3, -total, abs(-total), round(total / 3, 3))
    print([x / 2 for x in [1, 2]], [x // 2 for x in [1, 2]], {n: n / 4 for n in [1, 2]}, max([0.5, 1.5]), min(2.0, 1.0))
