"""Functions inside asynchronous functions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable


async def main() -> None:
    total = 0

    async def add(n: int) -> int:
        nonlocal total
        total += n
        return total

    keep: list[Callable[[int], Awaitable[int]]] = [add, add]
    print(await add(1), [await f(10) for f in keep], total)
