"""P-256 public keys as 65 bytes: shape, ids, thumbprints, signatures."""

from __future__ import annotations

import base64
import hashlib
import json

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PUBLIC_BYTES = 65
SIGNATURE_BYTES = 64


class PointError(ValueError):
    """Bytes that are not an uncompressed point of the curve."""


def public_bytes(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def load_public(public: bytes) -> ec.EllipticCurvePublicKey:
    """The key of exactly 65 bytes; compressed points are refused, since not every browser takes them."""
    if len(public) != PUBLIC_BYTES or public[0] != 4:
        raise PointError("not an uncompressed point")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PointError("not on the curve") from error


def key_id(public: bytes) -> str:
    """First 8 bytes of SHA-256 of the 65 bytes, in hex."""
    return hashlib.sha256(public).hexdigest()[:16]


def public_jwk(public: bytes) -> dict[str, str]:
    return {"crv": "P-256", "kty": "EC", "x": base64url(public[1:33]), "y": base64url(public[33:])}


def thumbprint(public: bytes) -> bytes:
    """RFC 7638: SHA-256 of the required members in order, without spaces."""
    return hashlib.sha256(json.dumps(public_jwk(public), separators=(",", ":")).encode()).digest()


def verify_signature(public: bytes, signature: bytes, data: bytes) -> bool:
    """ECDSA with SHA-256 over `data`; raw r||s of exactly 64 bytes, False for anything malformed."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    pair = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    try:
        load_public(public).verify(pair, data, ec.ECDSA(SHA256()))
    except (InvalidSignature, PointError):
        return False
    return True


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def base64url_bytes(text: str) -> bytes:
    """Strict inverse of `base64url`; ValueError for padding, other characters or stray bits."""
    data = base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
    if base64url(data) != text:
        raise ValueError("not canonical base64url")
    return data
