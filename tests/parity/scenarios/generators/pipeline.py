"""Generators that feed each other work item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def numbers(log: list[str]) -> Iterator[int]:
    for n in range(4):
        log.append(f"make {n}")
        yield n


def odd(source: Iterable[int]) -> Iterator[int]:
    for n in source:
        if n % 2 == 1:
            yield n


def squared(source: Iterable[int], log: list[str]) -> Iterator[int]:
    for n in source:
        log.append(f"square {n}")
        yield n * n


def main() -> None:
    log: list[str] = []
    print(list(squared(odd(numbers(log)), log)), log)
