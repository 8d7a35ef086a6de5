"""Each call makes a counter of its own."""

from __future__ import annotations

from collections.abc import Callable


def counter(step: int = 1) -> Callable[[], int]:
    value = 0

    def count() -> int:
        nonlocal value
        value += step
        return value

    return count


def main() -> None:
    one, two = counter(), counter(10)
    print(one(), one(), two(), one(), two())
