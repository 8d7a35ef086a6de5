"""The token with which a site vouches for a visitor: a JWT (RFC 7519, 8725), checked under the site's own keys.

Of its header `alg`, `typ` and `kid` count alone: no key and no address in it is ever looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from auth.site_keys import ALGORITHMS, SiteKey

MAX_TOKEN_CHARS = 4096
MAX_SUB_CHARS = 128
MAX_JTI_CHARS = 128
MAX_NAME_CHARS = 200
LONGEST_LIFE_S = 600
SKEW_S = 60
TYP = "JWT"


class SiteTokenError(Exception):
    """A token that does not hold. `reason` is for the log; `hint`, for the site's owner, "" unless the site signed."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason: str = reason
        self.hint: str = hint


class UnknownKeyError(SiteTokenError):
    """None of the keys at hand is the one that the token names: the site may have a newer one."""


@dataclass(frozen=True)
class Vouched:
    """What a site says of a visitor: who it is to the site, and what to call them, "" when it does not say."""

    sub: str = field(repr=False)
    name: str = field(repr=False)
    jti: str
    iat: int
    exp: int


class _Registry(jws.JWSRegistry):
    """Takes `EdDSA`, the name that libraries write, of which joserfc warns (RFC 9864). Which count is asked before."""

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]


_REGISTRY = _Registry(strict_check_header=False)


def check_site_token(token: str, keys: Iterable[SiteKey], audience: str, now_s: float) -> Vouched:
    """What the site says; SiteTokenError for anything that it did not sign for this service, now."""
    signature, header = _extract(token)
    fitting = _fitting(header, keys)
    if len(fitting) == 0:
        raise UnknownKeyError("unknown key")
    if not any(_verifies(signature, key) for key in fitting):
        raise SiteTokenError("signature")
    return _read(signature.payload, audience, now_s)


def _extract(token: str) -> tuple[jws.CompactSignature, Mapping[str, Any]]:
    if len(token) > MAX_TOKEN_CHARS:
        raise SiteTokenError("too long")
    try:
        signature = jws.extract_compact(token.encode("ascii"), registry=_REGISTRY)
        header = signature.headers()
    except (JoseError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise SiteTokenError("not a signed token") from error
    if not isinstance(header, dict) or header.get("alg") not in ALGORITHMS:
        raise SiteTokenError("algorithm")
    if header.get("typ", TYP) != TYP or "crit" in header or "b64" in header:
        raise SiteTokenError("header")
    if not isinstance(header.get("kid", ""), str):
        raise SiteTokenError("key id")
    return signature, header


def _fitting(header: Mapping[str, Any], keys: Iterable[SiteKey]) -> list[SiteKey]:
    """Those with the token's algorithm and id. Where either has no id, it may be this one."""
    kid = header.get("kid", "")
    return [key for key in keys if key.algorithm == header["alg"] and (key.kid == kid or "" in (key.kid, kid))]


def _verifies(signature: jws.CompactSignature, key: SiteKey) -> bool:
    try:
        return jws.validate_compact(signature, key.public, registry=_REGISTRY)
    except (JoseError, ValueError, TypeError):
        return False


def _read(payload: bytes, audience: str, now_s: float) -> Vouched:
    """The claims of a token that the site has signed."""
    try:
        claims = json.loads(payload)
    except (ValueError, RecursionError):
        claims = None
    if not isinstance(claims, dict):
        raise SiteTokenError("claims", "the token holds no JSON object.")
    if claims.get("aud") not in (audience, [audience]):
        raise SiteTokenError("aud", f"aud has to be {audience!r} and nothing else.")
    iat, exp = _times(claims, now_s)
    return Vouched(
        sub=_text(claims, "sub", MAX_SUB_CHARS),
        name=_name(claims),
        jti=_text(claims, "jti", MAX_JTI_CHARS),
        iat=iat,
        exp=exp,
    )


def _times(claims: Mapping[str, Any], now_s: float) -> tuple[int, int]:
    iat, exp = _seconds(claims, "iat"), _seconds(claims, "exp")
    nbf = _seconds(claims, "nbf") if "nbf" in claims else iat
    if not 0 < exp - iat <= LONGEST_LIFE_S:
        raise SiteTokenError("life", f"exp has to be after iat, and at most {LONGEST_LIFE_S} s after it.")
    if exp <= now_s - SKEW_S:
        hint = "exp has passed: make a token when the page asks for one, and check the server's clock."
        raise SiteTokenError("expired", hint)
    if max(iat, nbf) > now_s + SKEW_S:
        raise SiteTokenError("early", "iat or nbf has not come yet: check the server's clock.")
    return iat, exp


def _seconds(claims: Mapping[str, Any], name: str) -> int:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise SiteTokenError(name, f"{name} has to be there: whole seconds since 1970.")
    return value


def _text(claims: Mapping[str, Any], name: str, max_chars: int) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= max_chars or not _is_text(value):
        raise SiteTokenError(name, f"{name} has to be there: a text of 1 to {max_chars} characters.")
    return value


def _is_text(value: str) -> bool:
    """False with half a character in it, which JSON can have and UTF-8 cannot."""
    return not any(0xD800 <= ord(character) <= 0xDFFF for character in value)


def _name(claims: Mapping[str, Any]) -> str:
    value = claims.get("name", "")
    if not isinstance(value, str) or len(value) > MAX_NAME_CHARS:
        raise SiteTokenError("name", f"name has to be a text of at most {MAX_NAME_CHARS} characters, or left out.")
    return value
