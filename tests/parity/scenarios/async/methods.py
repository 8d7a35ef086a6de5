"""Asynchronous methods, inherited and called by super."""

from __future__ import annotations


class Store:
    def __init__(self) -> None:
        self.items: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        return self.items.get(key)

    async def put(self, key: str, value: str) -> None:
        self.items[key] = value


class Logged(Store):
    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []

    async def put(self, key: str, value: str) -> None:
        self.log.append(key)
        await super().put(key, value)


async def main() -> None:
    store = Logged()
    await store.put("a", "1")
    await store.put(key="b", value="2")
    print(await store.get("a"), await store.get("zz"), store.log, store.items)
