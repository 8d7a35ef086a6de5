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
MEMORY: dict[str, js.Value] = {}  # what the browser did not keep: of all chats of the page, as the disk would be


class BrowserStorage:
    """Nothing is ever raised: what the browser does not keep will be gone with the page.

    `place` tells the widgets of a tab apart.
    """

    def __init__(self, place: str) -> None:
        self._tab: str = f"{DATABASE} {place} "
        self._database: js.Value = None  # the promise of it

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
        for slot in (name, key_slot(name)):
            MEMORY[slot] = None
            await self._delete(slot)

    async def keep(self, name: str, value: bytes) -> bool:
        try:
            await self._ask("readwrite", lambda store: store.put(js.from_bytes(value), name))
        except Exception:
            return False
        return True

    async def kept(self, folder: str) -> list[bytes]:
        try:
            found = await self._ask("readonly", lambda store: store.getAll(_names(folder)))
        except Exception:
            return []
        return [js.to_bytes(record) for record in js.items(found)]

    async def discard(self, folder: str) -> None:
        await self._delete(_names(folder))

    def tab(self, name: str) -> str:
        try:
            noted = js.window.sessionStorage.getItem(self._tab + name)
        except Exception:  # storage is blocked
            return ""
        return "" if noted is None else noted

    def note_tab(self, name: str, text: str) -> None:
        try:
            kept = js.window.sessionStorage
            if text == "":
                kept.removeItem(self._tab + name)
            else:
                kept.setItem(self._tab + name, text)
        except Exception:
            return

    async def _read(self, slot: str) -> js.Value:
        kept = MEMORY.get(slot)
        if kept is not None:
            return kept
        try:
            return await self._ask("readonly", lambda store: store.get(slot))
        except Exception:
            return None

    async def _write(self, slot: str, value: js.Value) -> None:
        try:
            await self._ask("readwrite", lambda store: store.put(value, slot))
            MEMORY[slot] = None
        except Exception:  # no IndexedDB, or a key it cannot clone (Firefox before 93)
            MEMORY[slot] = value
        try:
            js.window.localStorage.setItem(DATABASE, "")
        except Exception:
            return

    async def _delete(self, what: js.Value) -> None:
        try:
            await self._ask("readwrite", lambda store: store.delete(what))
        except Exception:
            return

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


def is_unused() -> bool:
    """Nothing was ever kept here: known at once, where opening the database takes as long as drawing a screen."""
    try:
        return js.window.localStorage.getItem(DATABASE) is None
    except Exception:  # storage is blocked
        return True


def _names(folder: str) -> js.Value:
    return js.window.IDBKeyRange.bound(f"{folder} ", f"{folder}!")  # "!" follows the space


def key_slot(name: str) -> str:
    return f"{name}.key"
