"""A platform's cryptography whose chances a vector names. Same subset of Python as widget/."""

from __future__ import annotations

from widget.errors import MALFORMED, CwError
from widget.ports import Agreement, Crypto, Digest, KeyPair


class ScriptedDigest:
    """`random` gives what was written down, one after the other."""

    def __init__(self, inner: Digest, script: list[bytes]) -> None:
        self._inner: Digest = inner
        self._script: list[bytes] = script
        self._at: int = 0

    def random(self, count: int) -> bytes:
        given = self._script[self._at] if self._at < len(self._script) else b""
        self._at += 1
        if len(given) != count:
            raise CwError(MALFORMED, "a vector names other chances")
        return given

    async def sha256(self, data: bytes) -> bytes:
        return await self._inner.sha256(data)

    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        return [await self.sha256(part) for part in parts]

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        return await self._inner.hmac_sha256(key, data)

    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return await self._inner.hkdf_sha256(ikm, salt, info, length)


class ScriptedAgreement:
    """`generate` gives one key, again and again."""

    def __init__(self, inner: Agreement, pair: KeyPair) -> None:
        self._inner: Agreement = inner
        self._pair: KeyPair = pair

    async def generate(self) -> KeyPair:
        return self._pair

    async def derive(self, key: KeyPair, public: bytes) -> bytes:
        return await self._inner.derive(key, public)


def scripted(crypto: Crypto, script: list[bytes]) -> Crypto:
    return Crypto(ScriptedDigest(crypto.digest, script), crypto.aead, crypto.signatures, crypto.agreement)


def with_key(crypto: Crypto, pair: KeyPair) -> Crypto:
    return Crypto(crypto.digest, crypto.aead, crypto.signatures, ScriptedAgreement(crypto.agreement, pair))
