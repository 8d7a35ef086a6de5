"""The Storage port in a dict."""

from __future__ import annotations

from tests.fakes.siblings import Browser


class MemoryStorage:
    """Records and key handles that live as long as the object."""

    def __init__(self) -> None:
        self.records: dict[str, bytes] = {}
        self.keys: dict[str, object] = {}
        self.notes: dict[str, str] = {}
        self.is_full = False
        self.browser = Browser()

    def personal(self) -> list[str]:
        """Names of what is somebody's: all but how new the service's keys were."""
        return [name for name in self.records if not name.startswith("keys ")]

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

    async def keep(self, name: str, value: bytes) -> bool:
        if not self.is_full:
            self.records[name] = value
        return not self.is_full

    async def kept(self, folder: str) -> list[bytes]:
        return [value for name, value in self.records.items() if name.startswith(folder + " ")]

    async def discard(self, folder: str) -> None:
        for name in [name for name in self.records if name.startswith(folder + " ")]:
            del self.records[name]

    def tab(self, name: str) -> str:
        return self.notes.get(name, "")

    def note_tab(self, name: str, text: str) -> None:
        self.notes[name] = text
        if text == "":
            del self.notes[name]
