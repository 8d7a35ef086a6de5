"""What the pinned root vouches for: the auth service's signing and sealing keys, and through them identities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from widget.crypto.jws import MAX_DOCUMENT_CHARS, Jws, check_jws, read_jws
from widget.crypto.keys import check_public, same
from widget.crypto.lifetime import holds_at
from widget.crypto.limits import KEYS_LIFE_MS, MAX_ENDED, MAX_ENDED_CHARS, MAX_KEYS, MAX_SESSIONS, MAX_TOKEN_LIFE_MS
from widget.crypto.reasons import (
    DEVICE_ENDED,
    ORIGIN_FOREIGN,
    ROOT_MISMATCH,
    TOKEN_AUDIENCE,
    TOKEN_ISSUER,
    TOKEN_KEY,
    TOKEN_SHAPE,
    TOKEN_TIME,
)
from widget.crypto.remembered import forget_oldest
from widget.crypto.service_key import ServiceKey
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.base16 import from_hex
from widget.wire.base64url import from_base64url, to_base64url
from widget.wire.blank import is_blank
from widget.wire.fields import hex_field, int_field, list_field, objects_field, text_field

KEYS_TYPE = "cw-keys+jwt"
IDENTITY_TYPE = "cwid+jwt"
ENDED_TYPE = "cw-ended+jwt"
IDENTITY_AUDIENCE = "chat-peer"
DOORS = ("mail", "site", "guest")
MAX_SECONDS = 8_000_000_000


@dataclass(frozen=True)
class Identity:
    """A verified identity certificate. `sub`: the person at origin `org`; `jkt`: the device, 32 bytes.

    `via` says who vouches: "mail" (they have read what was sent to an address), "guest" (nobody), or "site" and a host.
    """

    sub: str
    name: str
    org: str
    jkt: bytes
    iat_ms: int
    exp_ms: int
    via: str = "mail"


@dataclass(frozen=True)
class TrustedKey:
    """One key of the document; `kid` = first 8 bytes of SHA-256(public) in hex."""

    kid: str
    public: bytes
    nbf_ms: int
    exp_ms: int


class Trust:
    """The keys of one cw-keys document, already verified; made by `open_trust`.

    `ended` are devices (jkt in base64url) of which no certificate from before that time (ms) counts.
    """

    def __init__(
        self,
        crypto: Crypto,
        issuer: str,
        iat_ms: int,
        exp_ms: int,
        signing: list[TrustedKey],
        sealing: list[TrustedKey],
    ) -> None:
        self.iat_ms: int = iat_ms  # when the root signed it
        self.exp_ms: int = exp_ms  # when the document has to be fetched again
        self.ended: dict[str, int] = {}
        self._crypto: Crypto = crypto
        self._issuer: str = issuer
        self._signing: list[TrustedKey] = signing
        self._sealing: list[TrustedKey] = sealing

    async def check_identity(self, jwt: str, now_ms: int, is_past: bool = False) -> Identity:
        """The identity in an IC (typ cwid+jwt, aud chat-peer) that is valid at `now_ms`; CwError otherwise.

        `is_past`: whose words it was; that the device was ended since is no fault then.
        """
        claims = await self._claims(read_jws(jwt, IDENTITY_TYPE), now_ms)
        if claims.get("aud") != IDENTITY_AUDIENCE:
            raise CwError(TOKEN_AUDIENCE, "the token is for somebody else")
        identity = _read_identity(claims)
        _check_time(identity, now_ms)
        if not is_past and self.ended_ms(identity) > 0:
            raise CwError(DEVICE_ENDED, "the device was signed out from elsewhere")
        return identity

    def ended_ms(self, identity: Identity) -> int:
        """When the device of that certificate was signed out from elsewhere; 0 where it was not."""
        ended_ms = self.ended.get(to_base64url(identity.jkt), 0)
        return ended_ms if identity.iat_ms < ended_ms else 0

    async def hear_ended(self, jwt: str, org: str, now_ms: int) -> bool:
        """Add what a cw-ended document of the site `org` lists; whether that was news. CwError: nothing was added.

        Nothing is taken back, so an older list, or none, brings nobody back in.
        """
        claims = await self._claims(read_jws(jwt, ENDED_TYPE, MAX_ENDED_CHARS), now_ms)
        if claims.get("org") != org:
            raise CwError(ORIGIN_FOREIGN, "the list is of another site")
        if not holds_at(now_ms, _seconds(claims, "iat"), _seconds(claims, "exp")):
            raise CwError(TOKEN_TIME, "the list is out of date")
        heard = {**self.ended}
        for item in objects_field(claims, "ended", MAX_ENDED):
            jkt = text_field(item, "jkt", 43)
            heard[jkt] = max(_seconds(item, "at"), heard.get(jkt, 0))
            forget_oldest(heard, MAX_SESSIONS)
        is_news = heard != self.ended
        self.ended = heard
        return is_news

    async def _claims(self, jws: Jws, now_ms: int) -> dict[str, Any]:
        """What a signing key of this service has signed."""
        await check_jws(self._crypto, jws, self._signing_key(jws.kid, now_ms).public)
        if jws.claims.get("iss") != self._issuer:
            raise CwError(TOKEN_ISSUER, "the token is by somebody else")
        return jws.claims

    def seal_public(self, now_ms: int) -> bytes | None:
        """The newest sealing key (65 bytes), or None when the document names none that is still valid."""
        best: TrustedKey | None = None
        for key in self._sealing:
            if key.exp_ms > now_ms and (best is None or key.exp_ms > best.exp_ms):
                best = key
        return None if best is None else best.public

    def _signing_key(self, kid: str, now_ms: int) -> TrustedKey:
        for key in self._signing:
            if key.kid == kid and holds_at(now_ms, key.nbf_ms, key.exp_ms):
                return key
        raise CwError(TOKEN_KEY, "the root does not vouch for the token's key")


async def open_trust(crypto: Crypto, service_key: ServiceKey, jws: str, now_ms: int) -> Trust:
    """Trust from the cw-keys JWS (text of /.well-known/cw-keys); CwError when the pinned root did not sign it."""
    document = read_jws(jws, KEYS_TYPE, MAX_DOCUMENT_CHARS)
    claims = document.claims
    root = from_hex(hex_field(claims, "root", 65))
    check_public(root)
    if not same(await crypto.digest.sha256(root), service_key.root_sha256):
        raise CwError(ROOT_MISMATCH, "the keys are not by the pinned root")
    await check_jws(crypto, document, root)
    iat_ms = _seconds(claims, "iat")
    exp_ms = _seconds(claims, "exp")
    if not holds_at(now_ms, iat_ms, exp_ms):
        raise CwError(TOKEN_TIME, "the keys are out of date")
    revoked = list_field(claims, "revoked", 64)
    signing = await _read_keys(crypto, claims, "sign", revoked)
    sealing = await _read_keys(crypto, claims, "seal", revoked)
    until_ms = min(exp_ms, now_ms + KEYS_LIFE_MS)
    return Trust(crypto, text_field(claims, "iss", 255), iat_ms, until_ms, signing, sealing)


async def _read_keys(crypto: Crypto, claims: dict[str, Any], name: str, revoked: list[Any]) -> list[TrustedKey]:
    keys: list[TrustedKey] = []
    for item in objects_field(claims, name, MAX_KEYS):
        public = from_hex(hex_field(item, "key", 65))
        check_public(public)
        kid = hex_field(item, "kid", 8)
        if (await crypto.digest.sha256(public))[:8].hex() != kid:
            raise CwError(TOKEN_KEY, "a key does not have the id of its hash")
        if kid not in revoked:
            nbf_ms = _seconds(item, "nbf") if "nbf" in item else 0
            keys.append(TrustedKey(kid, public, nbf_ms, _seconds(item, "exp")))
    return keys


def _read_identity(claims: dict[str, Any]) -> Identity:
    cnf = claims.get("cnf")
    if not isinstance(cnf, dict):
        raise CwError(TOKEN_SHAPE, "the token is not bound to a device")
    jkt = from_base64url(text_field(cnf, "jkt", 43))
    org, via = text_field(claims, "org", 255), text_field(claims, "via", 5)
    by = org.split("/")[-1] if via == "site" else None
    identity = Identity(
        sub=hex_field(claims, "sub", 16),
        name=text_field(claims, "name", 40),
        org=org,
        jkt=jkt,
        iat_ms=_seconds(claims, "iat"),
        exp_ms=_seconds(claims, "exp"),
        via=via if by is None else f"site {by}",
    )
    if len(jkt) != 32 or is_blank(identity.name) or via not in DOORS or claims.get("by") != by:
        raise CwError(TOKEN_SHAPE, "the token is incomplete")
    return identity


def _check_time(identity: Identity, now_ms: int) -> None:
    life_ms = identity.exp_ms - identity.iat_ms
    if life_ms > MAX_TOKEN_LIFE_MS or not holds_at(now_ms, identity.iat_ms, identity.exp_ms):
        raise CwError(TOKEN_TIME, "the token is not valid now")


def _seconds(claims: dict[str, Any], name: str) -> int:
    """A NumericDate (seconds) as milliseconds."""
    return int_field(claims, name, 0, MAX_SECONDS) * 1000
