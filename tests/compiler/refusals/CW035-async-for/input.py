from __future__ import annotations

from collections.abc import AsyncIterator


async def f(items: AsyncIterator[int]) -> None:
    async for item in items:
        print(item)
    print([item async for item in items])


async def g() -> AsyncIterator[int]:
    yield 1
