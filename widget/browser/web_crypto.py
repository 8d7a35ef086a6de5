"""The cryptography of a page: WebCrypto, and of it only what Chrome 90, Firefox 88 and Safari 14 do alike.

No `deriveKey` (Firefox before 119 has no HKDF target), no pkcs8 (Firefox before 93), lengths always given.
"""

from __future__ import annotations

from widget.browser import js
from widget.crypto.reasons import BAD_POINT, BROKEN_SEAL
from widget.crypto.remembered import forget_oldest
from widget.errors import CwError
from widget.ports import Crypto, KeyPair
from widget.wire.base16 import from_hex

UNCOMPRESSED = 4
SIGNATURE_BYTES = 64
TAG_BITS = 128
KEYS_KEPT = 256
SHARED_BITS = 256
# SubjectPublicKeyInfo of an uncompressed point of P-256 (RFC 5480), up to the point.
SPKI_HEAD = "3059301306072a8648ce3d020106082a8648ce3d030107034200"


def subtle() -> js.Value:
    return js.window.crypto.subtle


def algorithm(name: str) -> js.Value:
    """What each of HMAC, ECDSA and ECDH reads some of; a browser passes over the rest."""
    return js.options({"name": name, "hash": "SHA-256", "namedCurve": "P-256"})


async def import_key(form: str, data: bytes, kind: js.Value, usages: list[str]) -> js.Value:
    return await js.wait(subtle().importKey(form, js.from_bytes(data), kind, False, js.array(usages)))


async def import_public(public: bytes, name: str, usages: list[str]) -> js.Value:
    """Raises for all but an uncompressed point of the curve.

    As `spki` and not as `raw`: WebKitGTK checks only there that a point is on the curve, and with one that is not it
    would derive bits that give our key away by parts; Chromium and Firefox take compressed points as `raw`.
    """
    if public[0] != UNCOMPRESSED:
        raise CwError(BAD_POINT, "not an uncompressed point of the curve")
    return await import_key("spki", from_hex(SPKI_HEAD) + public, algorithm(name), usages)


async def generate_pair(name: str, usages: list[str]) -> KeyPair:
    pair = await js.wait(subtle().generateKey(algorithm(name), False, js.array(usages)))
    return KeyPair(pair.privateKey, await result(subtle().exportKey("raw", pair.publicKey)))


async def result(promise: js.Value) -> bytes:
    return js.to_bytes(await js.wait(promise))


async def together(promises: list[js.Value]) -> list[js.Value]:
    return js.items(await js.wait(js.window.Promise.all(js.array(promises))))


class WebDigest:
    """Hashing, randomness, key derivation."""

    def random(self, count: int) -> bytes:
        return js.to_bytes(js.window.crypto.getRandomValues(js.new(js.window.Uint8Array, count)))

    async def sha256(self, data: bytes) -> bytes:
        return (await self.sha256_all([data]))[0]

    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        hashes = await together([subtle().digest("SHA-256", js.from_bytes(part)) for part in parts])
        return [js.to_bytes(found) for found in hashes]

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        # WebCrypto takes no empty key; HMAC fills a short key with zeros, so one zero is the same key.
        raw = key if len(key) > 0 else b"\x00"
        handle = await import_key("raw", raw, algorithm("HMAC"), ["sign"])
        return await result(subtle().sign("HMAC", handle, js.from_bytes(data)))

    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        handle = await import_key("raw", ikm, "HKDF", ["deriveBits"])
        kind = js.options({"name": "HKDF", "hash": "SHA-256", "salt": js.from_bytes(salt), "info": js.from_bytes(info)})
        return await result(subtle().deriveBits(kind, handle, length * 8))


class WebAead:
    """AES-256-GCM."""

    async def key(self, raw: bytes) -> object:
        handle: object = await import_key("raw", raw, "AES-GCM", ["encrypt", "decrypt"])
        return handle

    async def seal(self, key: object, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        return await result(subtle().encrypt(_gcm(nonce, aad), key, js.from_bytes(plaintext)))

    async def open(self, key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        try:
            return await result(subtle().decrypt(_gcm(nonce, aad), key, js.from_bytes(sealed)))
        except Exception as error:
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


class WebSignatures:
    """ECDSA P-256 with SHA-256. Keys to verify with are kept: people speak in turn, and again."""

    def __init__(self) -> None:
        self._keys: dict[str, js.Value] = {}  # promises

    async def generate(self) -> KeyPair:
        return await generate_pair("ECDSA", ["sign", "verify"])

    async def sign(self, key: KeyPair, data: bytes) -> bytes:
        return await result(subtle().sign(algorithm("ECDSA"), key.private, js.from_bytes(data)))

    async def verify(self, public: bytes, signature: bytes, data: bytes) -> bool:
        # Firefox accepts some malformed ones of other lengths.
        return len(signature) == SIGNATURE_BYTES and (await self.verify_all([(public, signature, data)]))[0]

    async def verify_all(self, signed: list[tuple[bytes, bytes, bytes]]) -> list[bool]:
        try:
            keys = await together([self._key(public) for public, _signature, _data in signed])
            return await together(
                [
                    subtle().verify(algorithm("ECDSA"), keys[place], js.from_bytes(signature), js.from_bytes(data))
                    for place, (_public, signature, data) in enumerate(signed)
                ]
            )
        except Exception:
            return [False for _ in signed]

    def _key(self, public: bytes) -> js.Value:
        name = public.hex()
        if name not in self._keys:
            self._keys[name] = js.promise(import_public(public, "ECDSA", ["verify"]))
            forget_oldest(self._keys, KEYS_KEPT)
        return self._keys[name]


class WebAgreement:
    """ECDH P-256."""

    async def generate(self) -> KeyPair:
        return await generate_pair("ECDH", ["deriveBits"])

    async def derive(self, key: KeyPair, public: bytes) -> bytes:
        try:
            theirs = await import_public(public, "ECDH", [])
            kind = js.options({"name": "ECDH", "public": theirs})
            return await result(subtle().deriveBits(kind, key.private, SHARED_BITS))
        except Exception as error:
            raise CwError(BAD_POINT, "not a point of the curve") from error


def web_crypto() -> Crypto:
    return Crypto(WebDigest(), WebAead(), WebSignatures(), WebAgreement())
