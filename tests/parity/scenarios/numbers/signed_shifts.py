"""Shifts of negative numbers and by large counts."""

from __future__ import annotations


def main() -> None:
    for n in (1, -1, 5, -5, 1000, -1000):
        print([n >> k for k in (0, 1, 2, 5, 31, 40)], [n << k for k in (0, 1, 2, 5, 31, 40)])
