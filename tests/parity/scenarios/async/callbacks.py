"""Asynchronous functions as values, lambdas and methods."""

from __future__ import annotations

from collections.abc import Awaitable, Callable


class Store:
    def __init__(self) -> None:
        self.data: dict[str, str] = {}
        self.hooks: list[Callable[[str], Awaitable[int]]] = [self.size, lambda key: self.size(key + key)]

    async def size(self, key: str) -> int:
        return len(self.data.get(key, "")) + len(key)

    async def load(self, key: str, make: Callable[[], Awaitable[str]]) -> str:
        known = self.data.get(key)
        if known is None:
            self.data[key] = await make()
        return self.data[key]

    def direct(self, key: str) -> Awaitable[int]:
        return self.size(key)


async def build() -> str:
    return "built"


async def main() -> None:
    store = Store()
    print(await store.load("a", build), await store.load("a", build), store.data)
    for hook in store.hooks:
        print(await hook("a"))
    print(await store.direct("zz"))

    async def inner(n: int) -> int:
        return 0 if n == 0 else n + await inner(n - 1)

    print(await inner(4))
    try:
        while True:
            value = await inner(3)
            if value > 5:
                break
    finally:
        print("end", value)
