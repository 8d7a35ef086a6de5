"""An endless generator, taken in part."""

from __future__ import annotations

from collections.abc import Iterator


def naturals() -> Iterator[int]:
    n = 0
    while True:
        yield n
        n += 1


def take(count: int, source: Iterator[int]) -> list[int]:
    found: list[int] = []
    for item in source:
        if len(found) == count:
            break
        found.append(item)
    return found


def main() -> None:
    source = naturals()
    print(take(3, source), next(source), take(2, naturals()), [n for n, _ in zip(naturals(), "ab")])
