"""Compact JSON Web Signatures, ES256 and nothing else (RFC 7515, 8725)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from widget.crypto.keys import signed
from widget.crypto.limits import MAX_TOKEN_CHARS
from widget.crypto.reasons import TOKEN_ALGORITHM, TOKEN_SHAPE, TOKEN_SIGNATURE, TOKEN_TYPE
from widget.crypto.refusal import refused_as
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.base64url import from_base64url, to_base64url
from widget.wire.codec import utf8
from widget.wire.fields import parse_object, write_object

MAX_DOCUMENT_CHARS = 32768


@dataclass(frozen=True)
class Jws:
    """Taken apart, nothing believed yet. `signed_text` is what the signature covers; jku, jwk and x5u are not read."""

    header: dict[str, Any]
    claims: dict[str, Any] = field(repr=False)
    signed_text: str = field(repr=False)
    signature: bytes = field(repr=False)

    @property
    def kid(self) -> str:
        """Whose key it claims to be signed with; "" when it does not say."""
        kid = self.header.get("kid")
        return kid if isinstance(kid, str) else ""


def read_jws(text: str, typ: str, max_chars: int = MAX_TOKEN_CHARS) -> Jws:
    """A JWS whose header says exactly alg ES256 and `typ`; CwError otherwise."""
    parts = text.split(".")
    if len(text) > max_chars or len(parts) != 3:
        raise CwError(TOKEN_SHAPE, "not a compact JWS")
    jws = refused_as(TOKEN_SHAPE, lambda: _take_apart(parts, max_chars))
    if jws.header.get("alg") != "ES256" or "crit" in jws.header:
        raise CwError(TOKEN_ALGORITHM, "the token is not signed with ES256")
    if jws.header.get("typ") != typ:
        raise CwError(TOKEN_TYPE, "the token is of another type")
    return jws


def _take_apart(parts: list[str], max_chars: int) -> Jws:
    header = parse_object(utf8(from_base64url(parts[0])), max_chars)
    claims = parse_object(utf8(from_base64url(parts[1])), max_chars)
    return Jws(header, claims, f"{parts[0]}.{parts[1]}", from_base64url(parts[2]))


async def check_jws(crypto: Crypto, jws: Jws, public: bytes) -> None:
    """CwError unless `public` signed it."""
    if not await signed(crypto, public, jws.signature, jws.signed_text.encode("utf-8")):
        raise CwError(TOKEN_SIGNATURE, "the token's signature is wrong")


def jws_text(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """The part of a new JWS that is signed."""
    return _part(header) + "." + _part(claims)


def _part(fields: dict[str, Any]) -> str:
    return to_base64url(write_object(fields).encode("utf-8"))
