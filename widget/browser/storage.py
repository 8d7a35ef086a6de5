"""Small records and key handles in IndexedDB; in memory where the browser refuses to keep them."""

from __future__ import annotations

from widget.browser import js
from widget.browser.clock import Later
from widget.errors import UnreachableError

DATABASE = "strixun-chat"
VERSION = 1
RECORDS = "records"
KEYS = "keys"
OPEN_TIMEOUT_MS = 3_000  # Safari 14 may never answer the first open (WebKit bug 226547)


class BrowserStorage:
    """`lasting` turns False once something is kept in memory only: it will be gone with the page."""

    def __init__(self) -> None:
        self.lasting: bool = True
        self._database: js.Value = None
        self._refused: bool = False
        self._memory: dict[str, object] = {}

    async def load(self, name: str) -> bytes | None:
        found = await self._read(RECORDS, name)
        return None if found is None else js.to_bytes(found)

    async def save(self, name: str, value: bytes) -> None:
        await self._write(RECORDS, name, js.from_bytes(value))

    async def load_key(self, name: str) -> object | None:
        found: object | None = await self._read(KEYS, name)
        return found

    async def save_key(self, name: str, key: object) -> None:
        await self._write(KEYS, name, key)

    async def erase(self, name: str) -> None:
        for store in [RECORDS, KEYS]:
            slot = f"{store}:{name}"
            if slot in self._memory:
                del self._memory[slot]
        try:
            transaction = (await self._open()).transaction(js.array([RECORDS, KEYS]), "readwrite")
            transaction.objectStore(RECORDS).delete(name)
            transaction.objectStore(KEYS).delete(name)
            await _completed(transaction)
        except Exception:
            self.lasting = False

    async def _read(self, store: str, name: str) -> js.Value:
        slot = f"{store}:{name}"
        if slot in self._memory:
            return self._memory[slot]
        try:
            transaction = (await self._open()).transaction(store, "readonly")
            request = transaction.objectStore(store).get(name)
            await _completed(transaction)
        except Exception:
            self.lasting = False
            return None
        return js.get(request, "result")

    async def _write(self, store: str, name: str, value: js.Value) -> None:
        # The request is made in the same turn as its transaction: Firefox commits one that waits.
        slot = f"{store}:{name}"
        try:
            transaction = (await self._open()).transaction(store, "readwrite")
            transaction.objectStore(store).put(value, name)
            await _completed(transaction)
        except Exception:  # no IndexedDB, or a key it cannot clone (Firefox before 93)
            self.lasting = False
            self._memory[slot] = value
            return
        if slot in self._memory:
            del self._memory[slot]

    async def _open(self) -> js.Value:
        if self._refused:
            raise _away()
        if self._database is None:
            database = await self._connect()
            database.onversionchange = js.listener(self._forget)
            database.onclose = js.listener(self._forget)
            self._database = database
        return self._database

    async def _connect(self) -> js.Value:
        try:
            return await _opened()
        except Exception:
            self._refused = True
            raise

    def _forget(self, _event: js.Value) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None


def _away() -> UnreachableError:
    return UnreachableError("storage.away", "This browser keeps nothing for the page.")


async def _opened() -> js.Value:
    later = Later()
    request = js.window.indexedDB.open(DATABASE, VERSION)

    def prepare(_event: js.Value) -> None:
        request.result.createObjectStore(RECORDS)
        request.result.createObjectStore(KEYS)

    def done(_event: js.Value) -> None:
        later.settle(None)

    def failed(_event: js.Value) -> None:
        later.fail(_away())

    def too_late() -> None:
        later.fail(_away())

    request.onupgradeneeded = js.listener(prepare)
    request.onsuccess = js.listener(done)
    request.onerror = js.listener(failed)
    request.onblocked = js.listener(failed)
    timer = js.window.setTimeout(js.listener(too_late), OPEN_TIMEOUT_MS)
    try:
        await later.wait()
    finally:
        js.window.clearTimeout(timer)
    return request.result


async def _completed(transaction: js.Value) -> None:
    later = Later()

    def done(_event: js.Value) -> None:
        later.settle(None)

    def failed(_event: js.Value) -> None:
        later.fail(_away())

    transaction.oncomplete = js.listener(done)
    transaction.onabort = js.listener(failed)
    transaction.onerror = js.listener(failed)
    await later.wait()
