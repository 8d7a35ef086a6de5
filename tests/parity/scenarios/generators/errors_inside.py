"""Errors pass through a generator to who asked."""

from __future__ import annotations

from collections.abc import Iterator


def risky(items: list[int]) -> Iterator[float]:
    for item in items:
        try:
            yield 10 / item
        except ValueError:
            print("never here")


def main() -> None:
    source = risky([1, 0, 2])
    try:
        for value in source:
            print(value)
    except ZeroDivisionError:
        print("division")
    print(list(source))
