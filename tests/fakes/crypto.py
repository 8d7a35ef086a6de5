"""The native crypto port with a watchman: no (key, nonce) may ever seal twice."""

from __future__ import annotations

from widget.native.crypto import AesKey, native_crypto
from widget.ports import Aead, Crypto


class NonceReused(AssertionError):
    """Two seals under one key and nonce: AES-GCM is broken from here on."""


class WatchedAead:
    """Remembers every (raw key, nonce) sealed through any instance that shares `seen`."""

    def __init__(self, inner: Aead, seen: set[tuple[bytes, bytes]]) -> None:
        self.seen = seen
        self._inner = inner

    async def key(self, raw: bytes) -> object:
        return await self._inner.key(raw)

    async def seal(self, key: object, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        assert isinstance(key, AesKey)
        used = (key.raw, nonce)
        if used in self.seen:
            raise NonceReused("a nonce was used twice")
        self.seen.add(used)
        return await self._inner.seal(key, nonce, plaintext, aad)

    async def open(self, key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        return await self._inner.open(key, nonce, sealed, aad)


def watched_crypto(seen: set[tuple[bytes, bytes]] | None = None) -> Crypto:
    """Native crypto whose AEAD fails on a repeated nonce; give several people one `seen` to watch them all."""
    native = native_crypto()
    aead = WatchedAead(native.aead, set() if seen is None else seen)
    return Crypto(native.digest, aead, native.signatures, native.agreement)
