"""Public keys of sites that vouch for their visitors: of a JWKS (RFC 7517) or PEM files, each for one algorithm."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

ES256, RS256, EDDSA = "ES256", "RS256", "EdDSA"
ALGORITHMS = (ES256, RS256, EDDSA)
MOST_KEYS = 16
MAX_KID_CHARS = 256
# NIST SP 800-131A; what is longer costs more than it is worth.
LEAST_RSA_BITS, MOST_RSA_BITS = 2048, 8192
WANTED = f"a public key for ES256 (P-256), RS256 ({LEAST_RSA_BITS} to {MOST_RSA_BITS} bits) or EdDSA (Ed25519)"
_KINDS: dict[str, type[ECKey | RSAKey | OKPKey]] = {"EC": ECKey, "RSA": RSAKey, "OKP": OKPKey}


class SiteKeyError(ValueError):
    """No keys that a site's tokens could be checked with; the message is half a sentence that says why."""


@dataclass(frozen=True)
class SiteKey:
    """One key, the only algorithm that counts with it, and its id, "" where it has none."""

    kid: str
    algorithm: str
    public: ECKey | RSAKey | OKPKey = field(repr=False)

    def jwk(self) -> dict[str, Any]:
        """As it is kept."""
        named = {} if self.kid == "" else {"kid": self.kid}
        return {**self.public.as_dict(private=False), **named, "alg": self.algorithm}


def read_key_list(text: str | bytes) -> tuple[SiteKey, ...]:
    """The usable keys of a JWKS, of which other kinds are passed over; SiteKeyError when there are none."""
    try:
        listed = json.loads(text)["keys"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise SiteKeyError('it is no JWKS: a JSON object with a list "keys"') from error
    if not isinstance(listed, list) or len(listed) > MOST_KEYS:
        raise SiteKeyError(f"a JWKS has a list of at most {MOST_KEYS} keys")
    found = tuple(key for key in map(_usable, listed) if key is not None)
    if len(found) == 0:
        raise SiteKeyError(f"there is none in it that is {WANTED}")
    return found


def read_pem(data: bytes) -> SiteKey:
    """The public key of a PEM file; SiteKeyError for a private one, which is to stay with the site."""
    if b"PRIVATE KEY" in data:
        raise SiteKeyError("it is a private key; give the public one, and keep this one on the site's server")
    try:
        public = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SiteKeyError("it is no public key in PEM (-----BEGIN PUBLIC KEY-----)") from error
    algorithm = _algorithm(public)
    if isinstance(public, EllipticCurvePublicKey):
        return SiteKey("", algorithm, ECKey(public, public))
    if isinstance(public, RSAPublicKey):
        return SiteKey("", algorithm, RSAKey(public, public))
    assert isinstance(public, Ed25519PublicKey)
    return SiteKey("", algorithm, OKPKey(public, public))


def _usable(jwk: object) -> SiteKey | None:
    """None for keys that are for something else, are too weak, or ought to be secret."""
    if not isinstance(jwk, dict) or "d" in jwk or jwk.get("use", "sig") != "sig" or not _may_verify(jwk):
        return None
    kid, kind = jwk.get("kid", ""), _KINDS.get(str(jwk.get("kty")))
    if kind is None or not isinstance(kid, str) or len(kid) > MAX_KID_CHARS:
        return None
    try:
        public = kind.import_key({name: value for name, value in jwk.items() if name not in ("use", "key_ops", "alg")})
        algorithm = _algorithm(public.public_key)
    except (JoseError, ValueError, TypeError, LookupError, UnsupportedAlgorithm):
        return None
    return SiteKey(kid, algorithm, public) if jwk.get("alg", algorithm) == algorithm else None


def _may_verify(jwk: Mapping[str, Any]) -> bool:
    operations = jwk.get("key_ops", ["verify"])
    return isinstance(operations, list) and "verify" in operations


def _algorithm(public: object) -> str:
    """The one for a key; SiteKeyError when no site's token may be signed with such a key."""
    if isinstance(public, EllipticCurvePublicKey) and isinstance(public.curve, SECP256R1):
        return ES256
    if isinstance(public, RSAPublicKey) and LEAST_RSA_BITS <= public.key_size <= MOST_RSA_BITS:
        return RS256
    if isinstance(public, Ed25519PublicKey):
        return EDDSA
    raise SiteKeyError(f"it is not {WANTED}")
