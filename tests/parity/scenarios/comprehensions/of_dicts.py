"""Dict comprehensions."""

from __future__ import annotations


def main() -> None:
    prices = {"a": 1.5, "b": 2.0}
    print({k.upper(): v * 2 for k, v in prices.items()}, {k: v for k, v in prices.items() if v > 1.9}, {n: n * n for n in range(3)}, {len(w): w for w in ["a", "bb", "c"]}, {x: {y: x * y for y in range(2)} for x in range(2)})
