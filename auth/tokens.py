"""ES256 tokens and the root-signed key document: made by the sign-in service, checked by every service (RFC 8725)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from auth.p256 import PUBLIC_BYTES, PointError, base64url, base64url_bytes, key_id, load_public

SKEW_S = 60
MAX_TOKEN_CHARS = 4096
OTHER_ROOT = "document by another root"
UNKNOWN_KEY = "unknown key"
MAX_DOCUMENT_CHARS = 65536
ALGORITHMS = ["ES256"]
ACCESS_TYP, ACCESS_AUD = "at+jwt", "signal"
IDENTITY_TYP, IDENTITY_AUD = "cwid+jwt", "chat-peer"
MAIL, SITE, GUEST = "mail", "site", "guest"
DOORS = (MAIL, SITE, GUEST)
DOCUMENT_TYP = "cw-keys+jwt"


class TokenError(Exception):
    """A token that does not hold. `reason` is for logs and tests; callers learn only token.invalid."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason: str = reason


@dataclass(frozen=True)
class SigningKey:
    """A private P-256 key and its id."""

    kid: str
    private: ec.EllipticCurvePrivateKey = field(repr=False)


@dataclass(frozen=True)
class VerifyingKey:
    """A published key: 65 bytes, valid from `nbf` to `exp` (seconds since 1970)."""

    kid: str
    public: bytes
    nbf: int
    exp: int


@dataclass(frozen=True)
class KeySet:
    """What a root-signed document allows: who issues, and with which keys. Of revoked ones it has the ids alone."""

    issuer: str
    exp: int
    keys: Mapping[str, VerifyingKey]
    revoked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Claims:
    """Who a token speaks of. `jkt` is the device key's thumbprint, 32 bytes; `org` the origin it was made for.

    `via` is the door they came in by, `by` the host of the site that vouches for them, "" where none does. `kid` names
    the key that the token was checked with, "" before.
    """

    sub: str
    name: str
    org: str
    jkt: bytes
    jti: str
    iat: int
    exp: int
    via: str = MAIL
    by: str = ""
    kid: str = ""


def sign_compact(key: SigningKey, typ: str, claims: Mapping[str, Any]) -> str:
    header = {"alg": "ES256", "typ": typ, "kid": key.kid}
    payload = json.dumps(claims, separators=(",", ":"), ensure_ascii=False).encode()
    return jws.serialize_compact(header, payload, ECKey(key.private, key.private), ALGORITHMS)


def issue_access(key: SigningKey, issuer: str, claims: Claims) -> str:
    return sign_compact(key, ACCESS_TYP, {**_body(issuer, ACCESS_AUD, claims), "nbf": claims.iat})


def issue_identity(key: SigningKey, issuer: str, claims: Claims) -> str:
    """The certificate shown to peers; its audience opens no service."""
    return sign_compact(key, IDENTITY_TYP, _body(issuer, IDENTITY_AUD, claims))


def new_jti() -> str:
    return secrets.token_hex(16)


def check_access(token: str, keys: KeySet, now_s: int) -> Claims:
    """The claims of an access token issued for signaling; TokenError for anything else."""
    kid, claims = _checked(token, ACCESS_TYP, ACCESS_AUD, keys, now_s)
    if _integer(claims, "nbf") > now_s + SKEW_S:
        raise TokenError("not yet valid")
    return _claims(kid, claims)


def check_identity(token: str, keys: KeySet, now_s: int) -> Claims:
    return _claims(*_checked(token, IDENTITY_TYP, IDENTITY_AUD, keys, now_s))


def read_key_set(document: str, root_sha256: bytes, now_s: int) -> KeySet:
    """The keys in a cw-keys document whose root has the pinned hash and signed it; TokenError otherwise."""
    header, payload, signature = _extract(document, MAX_DOCUMENT_CHARS)
    if header.get("alg") != "ES256" or header.get("typ") != DOCUMENT_TYP or "crit" in header:
        raise TokenError("document header")
    root = _hex(payload, "root", PUBLIC_BYTES)
    if hashlib.sha256(root).digest() != root_sha256:
        raise TokenError(OTHER_ROOT)
    _verify(signature, root)
    exp = _integer(payload, "exp")
    if exp <= now_s - SKEW_S:
        raise TokenError("document expired")
    revoked = payload.get("revoked")
    listed = payload.get("sign")
    if not isinstance(revoked, list) or not isinstance(listed, list):
        raise TokenError("document shape")
    gone = frozenset(map(str, revoked))
    keys = {key.kid: key for key in map(_verifying_key, listed) if key.kid not in gone}
    return KeySet(_text(payload, "iss", 256), exp, keys, gone)


def _body(issuer: str, audience: str, claims: Claims) -> dict[str, Any]:
    vouched = {"via": claims.via} if claims.by == "" else {"via": claims.via, "by": claims.by}
    return {
        "iss": issuer,
        "sub": claims.sub,
        "aud": audience,
        "org": claims.org,
        "iat": claims.iat,
        "exp": claims.exp,
        "jti": claims.jti,
        "name": claims.name,
        "cnf": {"jkt": base64url(claims.jkt)},
        **vouched,
    }


def _checked(token: str, typ: str, audience: str, keys: KeySet, now_s: int) -> tuple[str, dict[str, Any]]:
    header, payload, signature = _extract(token, MAX_TOKEN_CHARS)
    # Exactly these three: a header with jku, x5u, jwk or crit is not one of ours.
    if set(header) != {"alg", "typ", "kid"} or header["alg"] != "ES256" or header["typ"] != typ:
        raise TokenError("header")
    kid = str(header["kid"])
    if kid in keys.revoked:
        raise TokenError("revoked key")
    key = keys.keys.get(kid)
    if key is None:
        raise TokenError(UNKNOWN_KEY)
    _verify(signature, key.public)
    if payload.get("iss") != keys.issuer or payload.get("aud") != audience:
        raise TokenError("issuer or audience")
    iat, exp = _integer(payload, "iat"), _integer(payload, "exp")
    if exp <= now_s - SKEW_S or iat > now_s + SKEW_S:
        raise TokenError("expired")
    if iat < key.nbf - SKEW_S or iat >= key.exp or now_s >= key.exp + SKEW_S:
        raise TokenError("outside the key's life")
    return key.kid, payload


def _extract(token: str, max_chars: int) -> tuple[dict[str, Any], dict[str, Any], jws.CompactSignature]:
    if len(token) > max_chars:
        raise TokenError("too long")
    try:
        signature = jws.extract_compact(token.encode("ascii"))
        payload = json.loads(signature.payload)
        header = signature.headers()
    except (JoseError, ValueError, RecursionError) as error:
        raise TokenError("not a signed token") from error
    if not isinstance(payload, dict) or not isinstance(header, dict):
        raise TokenError("not an object")
    return dict(header), payload, signature


def _verify(signature: jws.CompactSignature, public: bytes) -> None:
    try:
        key = load_public(public)
        good = jws.validate_compact(signature, ECKey(key, key), ALGORITHMS)
    except (JoseError, ValueError) as error:
        raise TokenError("signature") from error
    if not good:
        raise TokenError("signature")


def _claims(kid: str, payload: dict[str, Any]) -> Claims:
    confirmation = payload.get("cnf")
    jkt = confirmation.get("jkt") if isinstance(confirmation, dict) else None
    try:
        digest = base64url_bytes(jkt) if isinstance(jkt, str) else b""
    except ValueError as error:
        raise TokenError("no device") from error
    if len(digest) != 32:
        raise TokenError("no device")
    via = _text(payload, "via", 8)
    if via not in DOORS or ("by" in payload) != (via == SITE):
        raise TokenError("no door")
    return Claims(
        sub=_hex(payload, "sub", 16).hex(),
        name=_text(payload, "name", 40),
        org=_text(payload, "org", 256),
        jkt=digest,
        jti=_text(payload, "jti", 64),
        iat=_integer(payload, "iat"),
        exp=_integer(payload, "exp"),
        via=via,
        by=_text(payload, "by", 255) if via == SITE else "",
        kid=kid,
    )


def _verifying_key(entry: object) -> VerifyingKey:
    if not isinstance(entry, dict):
        raise TokenError("document shape")
    public = _hex(entry, "key", PUBLIC_BYTES)
    try:
        load_public(public)
    except PointError as error:
        raise TokenError("key not on the curve") from error
    if entry.get("kid") != key_id(public):
        raise TokenError("key id")
    return VerifyingKey(key_id(public), public, _integer(entry, "nbf"), _integer(entry, "exp"))


def _integer(payload: Mapping[str, Any], name: str) -> int:
    value = payload.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TokenError(f"{name} is not a number")
    return value


def _text(payload: Mapping[str, Any], name: str, max_chars: int) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= max_chars:
        raise TokenError(f"{name} is not a text")
    return value


def _hex(payload: Mapping[str, Any], name: str, count: int) -> bytes:
    value = _text(payload, name, count * 2)
    if len(value) != count * 2 or any(character not in "0123456789abcdef" for character in value):
        raise TokenError(f"{name} is not hex")
    return bytes.fromhex(value)
