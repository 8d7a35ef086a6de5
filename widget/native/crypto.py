"""The Crypto port on CPython, over the `cryptography` package."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from widget.crypto.reasons import BAD_POINT, BROKEN_SEAL
from widget.errors import CwError
from widget.ports import Crypto, KeyPair

CURVE = ec.SECP256R1()
ECDSA = ec.ECDSA(hashes.SHA256())


class NativeDigest:
    """hashlib, hmac, os.urandom."""

    def random(self, count: int) -> bytes:
        return os.urandom(count)

    async def sha256(self, data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        return [await self.sha256(part) for part in parts]

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        return hmac.digest(key, data, "sha256")

    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length, salt, info).derive(ikm)


@dataclass(frozen=True)
class AesKey:
    """What a key handle of `NativeAead` is: 32 bytes, which only a `Storage` writes down."""

    raw: bytes = field(repr=False)

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self.raw)


class NativeAead:
    """AES-256-GCM."""

    async def key(self, raw: bytes) -> object:
        if len(raw) != 32:
            raise ValueError("an AES-256 key has 32 bytes")
        return AesKey(raw)

    async def seal(self, key: object, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        return _aead(key).encrypt(_nonce(nonce), plaintext, aad)

    async def open(self, key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        try:
            return _aead(key).decrypt(_nonce(nonce), sealed, aad)
        except InvalidTag:
            raise CwError(BROKEN_SEAL, "the seal is broken") from None


class NativeSignatures:
    """ECDSA P-256, SHA-256, raw r||s."""

    async def generate(self) -> KeyPair:
        return _generate()

    async def sign(self, key: KeyPair, data: bytes) -> bytes:
        r, s = decode_dss_signature(_private(key).sign(data, ECDSA))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    async def verify(self, public: bytes, signature: bytes, data: bytes) -> bool:
        if len(signature) != 64:
            return False
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        try:
            _public(public).verify(encode_dss_signature(r, s), data, ECDSA)
        except (CwError, InvalidSignature):
            return False
        return True

    async def verify_all(self, signed: list[tuple[bytes, bytes, bytes]]) -> list[bool]:
        return [await self.verify(public, signature, data) for public, signature, data in signed]


class NativeAgreement:
    """ECDH P-256."""

    async def generate(self) -> KeyPair:
        return _generate()

    async def derive(self, key: KeyPair, public: bytes) -> bytes:
        return _private(key).exchange(ec.ECDH(), _public(public))


def native_crypto() -> Crypto:
    """The port, ready to use; it keeps no state."""
    return Crypto(NativeDigest(), NativeAead(), NativeSignatures(), NativeAgreement())


def public_bytes(private: ec.EllipticCurvePrivateKey) -> bytes:
    """65 bytes, uncompressed."""
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _generate() -> KeyPair:
    private = ec.generate_private_key(CURVE)
    return KeyPair(private, public_bytes(private))


def _private(key: KeyPair) -> ec.EllipticCurvePrivateKey:
    if not isinstance(key.private, ec.EllipticCurvePrivateKey):
        raise TypeError("not a key of this platform")
    return key.private


def _public(data: bytes) -> ec.EllipticCurvePublicKey:
    if len(data) != 65 or data[0] != 4:
        raise CwError(BAD_POINT, "a public key is 65 bytes that start with 04")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, data)
    except ValueError:
        raise CwError(BAD_POINT, "the point is not on the curve") from None


def _aead(key: object) -> AESGCM:
    if not isinstance(key, AesKey):
        raise TypeError("not a key of this platform")
    return key.cipher


def _nonce(nonce: bytes) -> bytes:
    if len(nonce) != 12:
        raise ValueError("a nonce has 12 bytes")
    return nonce
