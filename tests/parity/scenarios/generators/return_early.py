"""return ends a generator."""

from __future__ import annotations

from collections.abc import Iterator


def until(items: list[int], stop: int) -> Iterator[int]:
    for item in items:
        if item == stop:
            return
        yield item


def none() -> Iterator[str]:
    return
    yield "never"


def main() -> None:
    print(list(until([1, 2, 3, 4], 3)), list(until([], 1)), list(none()), next(none(), "empty"))
