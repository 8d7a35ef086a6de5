"""Loops in loops with break and continue."""

from __future__ import annotations


def main() -> None:
    found: list[tuple[int, int]] = []
    for a in range(5):
        if a == 3:
            continue
        for b in range(5):
            if b > a:
                break
            if (a + b) % 2 == 1:
                continue
            found.append((a, b))
    print(found, a, b)
