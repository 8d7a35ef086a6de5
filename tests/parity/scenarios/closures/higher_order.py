"""Functions that take and give functions."""

from __future__ import annotations

from collections.abc import Callable


def compose(f: Callable[[int], int], g: Callable[[int], int]) -> Callable[[int], int]:
    return lambda x: f(g(x))


def twice(f: Callable[[int], int]) -> Callable[[int], int]:
    return compose(f, f)


def inc(x: int) -> int:
    return x + 1


def main() -> None:
    print(compose(inc, lambda x: x * 10)(4), twice(twice(inc))(0), list(map(twice(lambda x: x * 2), [1, 2])), (lambda: 5)())
