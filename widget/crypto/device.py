"""The device key: the one long-lived key of a browser profile, never extractable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from widget.crypto.jws import jws_text
from widget.crypto.limits import DEVICE_LIFE_MS
from widget.errors import MALFORMED, ChatError, CwError
from widget.ports import Crypto, KeyPair, Storage
from widget.wire.base64url import to_base64url
from widget.wire.codec import Reader, Writer
from widget.wire.fields import write_object
from widget.wire.labels import DEVICE_LABELS, labelled

RECORD = "device"
DPOP_TYPE = "dpop+jwt"


@dataclass(frozen=True)
class DeviceKey:
    """`public` is 65 bytes, `jkt` its RFC 7638 thumbprint (32 bytes)."""

    crypto: Crypto = field(repr=False)
    pair: KeyPair = field(repr=False)
    jkt: bytes

    @property
    def public(self) -> bytes:
        return self.pair.public

    async def sign_labelled(self, data: bytes) -> bytes:
        """Signature (64 bytes) over what begins with a label of a device's, as `wire.client_text.auth_bytes` makes."""
        if not any(data.startswith(labelled(label, b"")) for label in DEVICE_LABELS):
            raise CwError(MALFORMED, "a device key signs only what begins with a label of its own")
        return await self.crypto.signatures.sign(self.pair, data)

    async def dpop(self, method: str, url: str, token: str, now_ms: int, nonce: str = "") -> str:
        """A DPoP proof (RFC 9449) for one request; `url` without query and fragment, `ath` when `token` is not ""."""
        claims: dict[str, Any] = {
            "jti": to_base64url(self.crypto.digest.random(16)),
            "htm": method,
            "htu": url.split("#")[0].split("?")[0],
            "iat": now_ms // 1000,
        }
        if token != "":
            claims["ath"] = to_base64url(await self.crypto.digest.sha256(token.encode("utf-8")))
        if nonce != "":
            claims["nonce"] = nonce
        text = jws_text({"typ": DPOP_TYPE, "alg": "ES256", "jwk": public_jwk(self.public)}, claims)
        signature = await self.crypto.signatures.sign(self.pair, text.encode("utf-8"))
        return text + "." + to_base64url(signature)


async def open_device(crypto: Crypto, storage: Storage, now_ms: int) -> DeviceKey:
    """The stored device key, or a new one (first visit, 90 days old, storage broken)."""
    pair = await _load(storage, now_ms)
    if pair is None:
        pair = await crypto.signatures.generate()
        await _save(storage, pair, now_ms)
    return DeviceKey(crypto, pair, await thumbprint(crypto, pair.public))


async def erase_device(storage: Storage) -> None:
    """Forget the device key."""
    await storage.erase(RECORD)


async def thumbprint(crypto: Crypto, public: bytes) -> bytes:
    """The jkt of a P-256 key: SHA-256 of its JWK in RFC 7638 form (sorted members, no spaces)."""
    return await crypto.digest.sha256(write_object(public_jwk(public)).encode("utf-8"))


def public_jwk(public: bytes) -> dict[str, Any]:
    """The members in the order that the thumbprint needs."""
    return {"crv": "P-256", "kty": "EC", "x": to_base64url(public[1:33]), "y": to_base64url(public[33:65])}


async def _load(storage: Storage, now_ms: int) -> KeyPair | None:
    """Record: created u64 ms | public 65; the private half is the stored key of the same name."""
    try:
        record = await storage.load(RECORD)
        key = await storage.load_key(RECORD)
        if record is None or key is None:
            return None
        reader = Reader(record)
        created_ms = reader.u64()
        public = reader.fixed(65)
        reader.end()
    except ChatError:
        return None
    if abs(now_ms - created_ms) >= DEVICE_LIFE_MS:  # a clock that was ahead then may be right now
        return None
    return KeyPair(key, public)


async def _save(storage: Storage, pair: KeyPair, now_ms: int) -> None:
    """Where the storage is broken the key dies with the page."""
    try:
        await storage.save_key(RECORD, pair.private)
        await storage.save(RECORD, Writer().u64(now_ms).fixed(pair.public, 65).done())
    except ChatError:
        return
