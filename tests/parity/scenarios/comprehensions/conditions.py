"""Several conditions and conditional results."""

from __future__ import annotations


def main() -> None:
    print([x for x in range(20) if x % 2 == 0 if x % 3 == 0], ["even" if x % 2 == 0 else "odd" for x in range(3)], [x if x > 1 else -x for x in range(4) if x != 2])
