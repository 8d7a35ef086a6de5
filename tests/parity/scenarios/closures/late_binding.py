"""Closures see the last value of a loop's variable."""

from __future__ import annotations

from collections.abc import Callable


def main() -> None:
    functions: list[Callable[[], int]] = []
    for i in range(3):
        functions.append(lambda: i)
    print([f() for f in functions])
    bound: list[Callable[[], int]] = []
    for i in range(3):
        bound.append(lambda n=i: n)
    print([f() for f in bound])
    print([f() for f in [lambda: j for j in range(3)]])
    count = 0
    makers: list[Callable[[], int]] = []
    while count < 3:
        double = count * 2

        def show() -> int:
            return double + count

        makers.append(show)
        count += 1
    print([f() for f in makers])
    fixed = [make(n) for n in range(3)]
    print([f() for f in fixed])


def make(n: int) -> Callable[[], int]:
    def inner() -> int:
        return n

    return inner
