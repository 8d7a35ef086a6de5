"""functools.cache: each argument once, recursion, tuples, results that are shared, errors that are not kept."""

from __future__ import annotations

import functools
from functools import cache, lru_cache

log: list[str] = []


@cache
def fib(n: int) -> int:
    """The usual one."""
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.cache
def ways(place: tuple[int, int], word: str = "") -> int:
    log.append(f"{place}{word}")
    x, y = place
    return 1 if 0 in place else ways((x - 1, y)) + ways((x, y - 1))


@lru_cache(maxsize=None)
def listed(text: str | None, count: int) -> list[str]:
    log.append(f"listed {text}")
    if count < 0:
        raise ValueError("below zero")
    return [text if text is not None and text != "" else "-"] * count


@cache
def nothing() -> None:
    log.append("nothing")


def main() -> None:
    print(fib(30), fib(60))
    print(ways((2, 2)), len(log), ways((2, 2)), ways((2, 2), ""), len(log), log[-1])
    one = listed("a", 2)
    one.append("b")
    print(listed("a", 2), listed("a", 2) is one, listed(None, 1), listed("", 1), log[-2:])
    for _ in range(2):
        try:
            listed("a", -1)
        except ValueError:
            print("refused", len(log))
    print(nothing(), nothing(), len(log))
    for start in [1, 2]:
        calls: list[int] = []

        @cache
        def grown(n: int, *more: int) -> int:
            calls.append(n)
            return start if n == 0 else grown(n - 1) * 2 + sum(more)

        print(grown(4), grown(5), grown(5, 1, 2), grown(5, 1, 2), calls)
