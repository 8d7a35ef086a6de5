"""Every start and stop, inside and outside."""

from __future__ import annotations


def main() -> None:
    items = [0, 1, 2, 3]
    for start in (-5, -2, 0, 1, 4, 9):
        print([items[start:stop] for stop in (-9, -1, 0, 2, 4, 7)])
