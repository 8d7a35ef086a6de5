"""Set comprehensions."""

from __future__ import annotations


def main() -> None:
    print(sorted({x % 3 for x in range(10)}), sorted({w.lower() for w in ["A", "a", "B"]}), len({c for c in "hello"}), sorted({(x, x % 2 == 0)[0] for x in [1, 1, 2]}))
