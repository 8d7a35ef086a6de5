"""!r and !s, and = for debugging."""

from __future__ import annotations


def main() -> None:
    name, count, price, missing = "it's", 3, 2.5, None
    print(f"{name!r} {name!s} {count!r} {price!r} {missing!r} {name!r:>10}|")
    print(f"{name=} {count=} {price=} {count + 1=} {missing=}")
