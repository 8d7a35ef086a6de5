"""A list that a loop fills shows what it holds."""

from __future__ import annotations


def main() -> None:
    pairs = []
    halves = {}
    for i in range(2):
        for j in range(2):
            pairs.append((i, j))
        halves[i] = i / 2.0
    print(pairs, halves)
    print(pairs == [(0, 0), (0, 1), (1, 0), (1, 1)])
    numbers = []
    while len(numbers) < 2:
        numbers.append(1.0)
    print(numbers)
