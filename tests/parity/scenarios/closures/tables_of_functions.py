"""Functions in dicts and lists."""

from __future__ import annotations

from collections.abc import Callable

OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "max": lambda a, b: max(a, b),
}


def double(n: int) -> int:
    return n * 2


def main() -> None:
    print([(name, f(7, 3)) for name, f in OPERATIONS.items()], OPERATIONS["+"](1, 2))
    steps: list[Callable[[int], int]] = [double, double, lambda n: n - 1]
    value = 5
    for step in steps:
        value = step(value)
    print(value)
