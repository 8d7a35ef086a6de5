"""Generator functions."""

from __future__ import annotations

from collections.abc import Iterator


def count(n: int) -> Iterator[int]:
    i = 0
    while i < n:
        yield i
        i += 1


def chain(a: list[int], b: list[int]) -> Iterator[int]:
    yield from a
    yield from count(2)
    for x in b:
        if x < 0:
            return
        yield x


def main() -> None:
    print(list(count(3)), list(chain([7], [8, -1, 9])), sum(count(5)), [x for x in count(3)], 2 in count(3), max(count(4)))
    it = count(3)
    print(next(it), next(it), next(it, -1), next(it, -1), next(it, -1))
    try:
        next(it)
    except StopIteration:
        print("StopIteration")
    a, b, c = count(3)
    print(a, b, c, *count(2))
    print(list(zip(count(2), count(5))), dict(enumerate(count(2))), sorted(count(3), reverse=True), tuple(count(2)))
