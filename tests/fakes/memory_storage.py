"""The Storage port in a dict."""

from __future__ import annotations


class MemoryStorage:
    """Records and key handles that live as long as the object."""

    def __init__(self) -> None:
        self.records: dict[str, bytes] = {}
        self.keys: dict[str, object] = {}

    async def load(self, name: str) -> bytes | None:
        return self.records.get(name)

    async def save(self, name: str, value: bytes) -> None:
        self.records[name] = value

    async def load_key(self, name: str) -> object | None:
        return self.keys.get(name)

    async def save_key(self, name: str, key: object) -> None:
        self.keys[name] = key

    async def erase(self, name: str) -> None:
        self.records.pop(name, None)
        self.keys.pop(name, None)
