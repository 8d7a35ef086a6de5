from __future__ import annotations

from collections.abc import Callable, Iterator


async def get(number: int) -> int:
    return number


async def f() -> None:
    print(list(await get(number) for number in [1]))
    print(list(number for number in [await get(1)]))


def g() -> Iterator[int]:
    yield 1
    yield from [2]
    x = yield 3
    print((yield from [4]) is None, x is None)


def h() -> Callable[[], object]:
    return lambda: (yield 5)
