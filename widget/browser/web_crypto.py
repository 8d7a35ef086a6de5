"""The cryptography of a page: WebCrypto, and of it only what Chrome 90, Firefox 88 and Safari 14 do alike.

No `deriveKey` (Firefox before 119 has no HKDF target), no pkcs8 (Firefox before 93), lengths always given.
"""

from __future__ import annotations

from widget.browser import js
from widget.browser.curve import on_curve
from widget.crypto.reasons import BAD_POINT, BROKEN_SEAL
from widget.errors import ConfigError, CwError
from widget.ports import Crypto, KeyPair

POINT_BYTES = 65
UNCOMPRESSED = 4
SIGNATURE_BYTES = 64
TAG_BITS = 128
SHARED_BITS = 256
CURVE = "P-256"
HASH = "SHA-256"


def require_web_crypto() -> None:
    """Raises ConfigError where the browser keeps WebCrypto from the page."""
    found = js.get(js.window, "crypto")
    if found is None or js.get(found, "subtle") is None:
        raise ConfigError(
            "page.insecure",
            "The chat needs a secure page: browsers give cryptography only to https:// and localhost. "
            "Open this page over https.",
        )


def subtle() -> js.Value:
    return js.window.crypto.subtle


async def import_raw(raw: bytes, algorithm: js.Value, usages: list[str]) -> js.Value:
    return await js.wait(subtle().importKey("raw", js.from_bytes(raw), algorithm, False, js.array(usages)))


async def result(promise: js.Value) -> bytes:
    return js.to_bytes(await js.wait(promise))


def is_point(public: bytes) -> bool:
    """Chromium and Firefox also import compressed points, Safari does not: only the uncompressed form is a key."""
    return len(public) == POINT_BYTES and public[0] == UNCOMPRESSED


class WebDigest:
    """Hashing, randomness, key derivation."""

    def random(self, count: int) -> bytes:
        return js.to_bytes(js.window.crypto.getRandomValues(js.new(js.window.Uint8Array, count)))

    async def sha256(self, data: bytes) -> bytes:
        return await result(subtle().digest(HASH, js.from_bytes(data)))

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        # WebCrypto takes no empty key; HMAC fills a short key with zeros, so one zero is the same key.
        raw = key if len(key) > 0 else b"\x00"
        handle = await import_raw(raw, js.options({"name": "HMAC", "hash": HASH}), ["sign"])
        return await result(subtle().sign("HMAC", handle, js.from_bytes(data)))

    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        handle = await import_raw(ikm, "HKDF", ["deriveBits"])
        algorithm = js.options(
            {"name": "HKDF", "hash": HASH, "salt": js.from_bytes(salt), "info": js.from_bytes(info)}
        )
        return await result(subtle().deriveBits(algorithm, handle, length * 8))


class WebAead:
    """AES-256-GCM."""

    async def key(self, raw: bytes) -> object:
        handle: object = await import_raw(raw, "AES-GCM", ["encrypt", "decrypt"])
        return handle

    async def seal(self, key: object, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        return await result(subtle().encrypt(_gcm(nonce, aad), key, js.from_bytes(plaintext)))

    async def open(self, key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        try:
            return await result(subtle().decrypt(_gcm(nonce, aad), key, js.from_bytes(sealed)))
        except js.Failure as error:
            raise CwError(BROKEN_SEAL, "the tag does not fit") from error


def _gcm(nonce: bytes, aad: bytes) -> js.Value:
    return js.options(
        {
            "name": "AES-GCM",
            "iv": js.from_bytes(nonce),
            "additionalData": js.from_bytes(aad),
            "tagLength": TAG_BITS,
        }
    )


async def _generate(name: str, usages: list[str]) -> KeyPair:
    algorithm = js.options({"name": name, "namedCurve": CURVE})
    pair = await js.wait(subtle().generateKey(algorithm, False, js.array(usages)))
    return KeyPair(pair.privateKey, await result(subtle().exportKey("raw", pair.publicKey)))


class WebSignatures:
    """ECDSA P-256 with SHA-256."""

    async def generate(self) -> KeyPair:
        return await _generate("ECDSA", ["sign", "verify"])

    async def sign(self, key: KeyPair, data: bytes) -> bytes:
        return await result(subtle().sign(_ecdsa(), key.private, js.from_bytes(data)))

    async def verify(self, public: bytes, signature: bytes, data: bytes) -> bool:
        # Firefox accepts some malformed signatures of other lengths, hence the check before it.
        if not is_point(public) or len(signature) != SIGNATURE_BYTES:
            return False
        try:
            handle = await import_raw(public, js.options({"name": "ECDSA", "namedCurve": CURVE}), ["verify"])
            genuine: bool = await js.wait(
                subtle().verify(_ecdsa(), handle, js.from_bytes(signature), js.from_bytes(data))
            )
        except js.Failure:
            return False
        return genuine


def _ecdsa() -> js.Value:
    return js.options({"name": "ECDSA", "hash": HASH})


class WebAgreement:
    """ECDH P-256."""

    async def generate(self) -> KeyPair:
        return await _generate("ECDH", ["deriveBits"])

    async def derive(self, key: KeyPair, public: bytes) -> bytes:
        # WebKitGTK derives bits with a point off the curve too, which gives a key away by parts.
        if not is_point(public) or not on_curve(public):
            raise CwError(BAD_POINT, "not an uncompressed point of the curve")
        try:
            theirs = await import_raw(public, js.options({"name": "ECDH", "namedCurve": CURVE}), [])
            algorithm = js.options({"name": "ECDH", "public": theirs})
            return await result(subtle().deriveBits(algorithm, key.private, SHARED_BITS))
        except js.Failure as error:
            raise CwError(BAD_POINT, "not a point of the curve") from error


def web_crypto() -> Crypto:
    """Raises ConfigError on a page without WebCrypto."""
    require_web_crypto()
    return Crypto(WebDigest(), WebAead(), WebSignatures(), WebAgreement())
