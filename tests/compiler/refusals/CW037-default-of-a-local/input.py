from __future__ import annotations

from collections.abc import Callable


def adders() -> list[Callable[[int], int]]:
    made: list[Callable[[int], int]] = []
    for n in range(3):
        made.append(lambda x, n=n: x + n)
        made.append(lambda x, by=n + 1: x + by)
    return made
