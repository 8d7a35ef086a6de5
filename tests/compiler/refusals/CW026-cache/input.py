from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache


@lru_cache(maxsize=8)
def f(n: int) -> int:
    return n


@cache
def g(x: float) -> float:
    return x


@cache
def h(n: int) -> Iterator[int]:
    yield n


@cache
async def i(n: int) -> int:
    return n


class A:
    @cache
    def k(self) -> int:
        return 1


@cache
def double(n: int) -> int:
    return n * 2


def m() -> list[int]:
    print(double(n=3))
    return list(map(double, [1]))
