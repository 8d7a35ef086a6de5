"""Floor division and remainder follow the sign of the divisor."""

from __future__ import annotations


def main() -> None:
    for a in (7, -7, 0, 1, -1):
        for b in (2, -2, 7, -7, 3):
            print(a, b, a // b, a % b, divmod(a, b))
