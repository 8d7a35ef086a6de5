"""Small records and key handles in IndexedDB; in memory where the browser refuses to keep them."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.clock import outcome

DATABASE = "strixun-chat"
VERSION = 1
STORE = "records"
OPEN_TIMEOUT_MS = 3_000  # Safari 14 may never answer the first open (WebKit bug 226547)
TIMEOUT_MS = 30_000  # a busy disk is slow


class BrowserStorage:
    """Nothing is ever raised: what the browser does not keep will be gone with the page."""

    def __init__(self) -> None:
        self._database: js.Value = None  # the promise of it
        self._memory: dict[str, js.Value] = {}  # what the browser did not keep

    async def load(self, name: str) -> bytes | None:
        found = await self._read(name)
        return None if found is None else js.to_bytes(found)

    async def save(self, name: str, value: bytes) -> None:
        await self._write(name, js.from_bytes(value))

    async def load_key(self, name: str) -> object | None:
        found: object | None = await self._read(key_slot(name))
        return found

    async def save_key(self, name: str, key: object) -> None:
        await self._write(key_slot(name), key)

    async def erase(self, name: str) -> None:
        await self._write(name, None)
        await self._write(key_slot(name), None)

    async def _read(self, slot: str) -> js.Value:
        kept = self._memory.get(slot)
        if kept is not None:
            return kept
        try:
            return await self._ask("readonly", lambda store: store.get(slot))
        except Exception:
            return None

    async def _write(self, slot: str, value: js.Value) -> None:
        try:
            await self._ask("readwrite", lambda store: store.put(value, slot))
            self._memory[slot] = None
        except Exception:  # no IndexedDB, or a key it cannot clone (Firefox before 93)
            self._memory[slot] = value

    async def _ask(self, mode: str, work: Callable[[js.Value], js.Value]) -> js.Value:
        if self._database is None:
            self._database = js.promise(self._connect())
        # The request is made in the same turn as its transaction: Firefox commits one that waits.
        transaction = (await js.wait(self._database)).transaction(STORE, mode)
        request = work(transaction.objectStore(STORE))
        await outcome(transaction, "oncomplete", "onabort", TIMEOUT_MS).wait()
        return js.get(request, "result")

    async def _connect(self) -> js.Value:
        request = js.window.indexedDB.open(DATABASE, VERSION)
        request.onupgradeneeded = js.listener(lambda _event: request.result.createObjectStore(STORE))
        await outcome(request, "onsuccess", "onerror", OPEN_TIMEOUT_MS).wait()
        database = request.result

        def forget(_event: js.Value) -> None:
            database.close()
            self._database = None

        database.onversionchange = js.listener(forget)
        database.onclose = js.listener(forget)
        return database


def key_slot(name: str) -> str:
    return f"{name}.key"
