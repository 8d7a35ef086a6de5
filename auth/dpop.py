"""DPoP proofs (RFC 9449): the caller holds the device key that its access token is bound to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from auth.once import first_use
from auth.p256 import base64url, base64url_bytes, load_public, thumbprint
from auth.store.shared import Store

TYP = "dpop+jwt"
SKEW_S = 60
ONCE_S = 300
MAX_PROOF_CHARS = 2048


class NonceError(Exception):
    """The proof holds, but does not name a nonce of this service's that is still good."""


class ProofError(Exception):
    """A proof that does not hold. `reason` is for logs and tests; callers learn only proof.invalid."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason: str = reason


async def verify_proof(
    store: Store, proof: str, *, method: str, url: str, token: str, jkt: bytes, now_s: int, nonces: Collection[str]
) -> None:
    """Check a proof for this call with this access token, whose `jkt` is 32 bytes; each proof counts once.

    Raises ProofError, NonceError for one that names none of the `nonces`, or StoreDown when uniqueness cannot be told.
    """
    jti, nonce = check_proof(proof, method=method, url=url, token=token, jkt=jkt, now_s=now_s)
    if nonce not in nonces:
        raise NonceError
    name = hashlib.sha256(jkt + jti.encode()).hexdigest()[:32]
    if not await first_use(store, "dpop", name, ONCE_S):
        raise ProofError("seen before")


def check_proof(proof: str, *, method: str, url: str, token: str, jkt: bytes, now_s: int) -> tuple[str, str]:
    """All that needs no memory; the proof's jti and nonce, which may be "".

    `url` is the public one; query and fragment do not count.
    """
    payload, key = _verified(proof)
    if thumbprint(key) != jkt:
        raise ProofError("another device")
    if payload.get("htm") != method:
        raise ProofError("another method")
    htu = payload.get("htu")
    if not isinstance(htu, str) or _normal(htu) != _normal(url):
        raise ProofError("another address")
    if payload.get("ath") != base64url(hashlib.sha256(token.encode()).digest()):
        raise ProofError("another token")
    iat = payload.get("iat")
    if isinstance(iat, bool) or not isinstance(iat, int) or abs(iat - now_s) > SKEW_S:
        raise ProofError("stale")
    jti = payload.get("jti")
    if not isinstance(jti, str) or not 16 <= len(jti) <= 64:
        raise ProofError("no id")
    nonce = payload.get("nonce", "")
    if not isinstance(nonce, str):
        raise ProofError("no nonce")
    return jti, nonce


def _verified(proof: str) -> tuple[dict[str, Any], bytes]:
    """The payload and the 65 bytes of the key that signed it."""
    if len(proof) > MAX_PROOF_CHARS:
        raise ProofError("too long")
    try:
        signature = jws.extract_compact(proof.encode("ascii"))
        header, payload = signature.headers(), json.loads(signature.payload)
        if set(header) != {"alg", "typ", "jwk"} or header["alg"] != "ES256" or header["typ"] != TYP:
            raise ProofError("header")
        public = _jwk_bytes(header["jwk"])
        key = load_public(public)
        good = jws.validate_compact(signature, ECKey(key, key), ["ES256"])
    except (JoseError, ValueError, RecursionError) as error:
        raise ProofError("not a proof") from error
    if not good or not isinstance(payload, dict):
        raise ProofError("signature")
    return payload, public


def _jwk_bytes(jwk: object) -> bytes:
    """65 bytes of a public P-256 JWK; a private one ("d") is refused as RFC 9449 says."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or "d" in jwk:
        raise ProofError("key")
    x, y = jwk.get("x"), jwk.get("y")
    if not isinstance(x, str) or not isinstance(y, str):
        raise ProofError("key")
    return b"\x04" + base64url_bytes(x) + base64url_bytes(y)


def _normal(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path (RFC 9449, 4.3); ValueError becomes ProofError."""
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        port = parts.port or (443 if scheme == "https" else 80)
        return scheme, (parts.hostname or "").lower(), port, parts.path or "/"
    except ValueError as error:
        raise ProofError("another address") from error
