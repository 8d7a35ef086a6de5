"""nonlocal writes the outer variable."""

from __future__ import annotations

from collections.abc import Callable


def counter(start: int) -> tuple[Callable[[], int], Callable[[int], None]]:
    value = start

    def up() -> int:
        nonlocal value
        value += 1
        return value

    def reset(to: int) -> None:
        nonlocal value
        value = to

    return up, reset


def main() -> None:
    up, reset = counter(5)
    print(up(), up())
    reset(0)
    print(up())
    other, _ = counter(100)
    print(other(), up())
