"""Errors pass through functions that were handed in."""

from __future__ import annotations

from collections.abc import Callable


def guarded(work: Callable[[], int], default: int) -> int:
    try:
        return work()
    except (KeyError, ZeroDivisionError):
        return default


def main() -> None:
    table = {"a": 0}
    print(guarded(lambda: table["a"], -1), guarded(lambda: table["b"], -1), guarded(lambda: 1 // table["a"], -2))
    try:
        guarded(lambda: int("x"), 0)
    except ValueError:
        print("passed through")
    print(sorted(["3", "1"], key=int))
    try:
        print([int(x) for x in ["1", "z"]])
    except ValueError:
        print("in a comprehension")
