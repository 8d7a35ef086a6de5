"""Generators that any, all, in, next, zip and loops leave early: closed where nobody else holds them, else kept."""

from __future__ import annotations

from collections.abc import Iterator


def count(n: int) -> Iterator[int]:
    try:
        i = 0
        while i < n:
            yield i
            i += 1
    finally:
        print("closed", n)


def pairs(source: Iterator[int]) -> Iterator[int]:
    for x in source:
        yield x * 2


def fail(x: int) -> None:
    if x > 0:
        raise ValueError("x")


def asked() -> None:
    print(any(x > 1 for x in count(5)), "after any")
    print(3 in count(6), "after in")
    print(next(count(7)), next(count(10), -1), "after next")
    print(next((x for x in count(12) if x > 30), 99), next(x for x in count(11) if x > 3), "after both")
    print(list(zip(count(8), [1], strict=False)), list(zip([1], count(8), strict=False)))
    print(all(x < 1 for x in count(9)), 2 in (x for x in count(15)))
    for a, b in zip(count(13), count(14), strict=False):
        print(a, b)
        break
    try:
        print(list(zip(count(3), count(2), strict=True)))
    except ValueError:
        print("longer")


def walked() -> None:
    for x in filter(lambda x: x > 1, count(16)):
        print(x)
        break
    for m in map(str, count(17)):
        print(m)
        break
    for y in (z for z in count(18)):
        print(y)
        break
    for i, z in enumerate(count(19)):
        print(i, z)
        break


def kept() -> None:
    it = count(90)
    for i, x in enumerate(it):
        if i + x == 2:
            break
    print(next(it), any(x > 4 for x in it), next(it))
    print(list(zip(it, [1], strict=False)), list(zip([1], it, strict=False)), next(it))
    print(12 in it, next(it))
    for y in pairs(it):
        print(y)
        break
    for y in (z for z in it):
        print(y)
        break
    for m in map(str, it):
        print(m)
        break
    try:
        for x in it:
            fail(x)
    except ValueError:
        print("caught")
    print(next(it, -1), len(list(it)))


def main() -> None:
    asked()
    walked()
    kept()
