"""What a device keeps so that only this program on this device can read it, until somebody signs out.

A record is nonce12 | AES-256-GCM, label "cw1/disk", under a key that cannot be exported.
"""

from __future__ import annotations

from widget.ports import Crypto, Storage
from widget.wire.labels import DISK, labelled

KEY = "log"
NONCE_BYTES = 12


class Vault:
    """`what` is bound to a record: one in the place of another cannot be opened."""

    def __init__(self, storage: Storage, crypto: Crypto) -> None:
        self._storage: Storage = storage
        self._crypto: Crypto = crypto
        self._key: object | None = None

    async def seal(self, data: bytes, what: bytes = b"") -> bytes:
        nonce = self._crypto.digest.random(NONCE_BYTES)
        sealed = await self._crypto.aead.seal(await self.key(), nonce, data, labelled(DISK, what))
        return b"".join([nonce, sealed])

    async def open(self, record: bytes, what: bytes = b"") -> bytes:
        """CwError for what is none of ours, or was kept before somebody signed out."""
        return await self._crypto.aead.open(
            await self.key(), record[:NONCE_BYTES], record[NONCE_BYTES:], labelled(DISK, what)
        )

    async def key(self) -> object:
        """Made when it is needed first."""
        key = await self._storage.load_key(KEY) if self._key is None else self._key
        if key is None:
            key = await self._crypto.aead.key(self._crypto.digest.random(32))
            await self._storage.save_key(KEY, key)
        self._key = key
        return key

    async def wipe(self) -> None:
        """Nothing that was sealed can be opened any more."""
        self._key = None
        await self._storage.erase(KEY)
