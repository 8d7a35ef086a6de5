"""What the pinned root vouches for: the auth service's signing and sealing keys, and through them identities."""

from __future__ import annotations

from dataclasses import dataclass

from widget.crypto.service_key import ServiceKey
from widget.ports import Crypto


@dataclass(frozen=True)
class Identity:
    """A verified identity certificate. `sub`: the person at origin `org`; `jkt`: the device, 32 bytes."""

    sub: str
    name: str
    org: str
    jkt: bytes
    iat_ms: int
    exp_ms: int


class Trust:
    """The keys of one cw-keys document."""

    async def check_identity(self, jwt: str, now_ms: int) -> Identity:
        """The identity in an IC (typ cwid+jwt, aud chat-peer) that is valid at `now_ms`; CwError otherwise."""
        raise NotImplementedError

    def seal_public(self, now_ms: int) -> bytes | None:
        """The newest sealing key (65 bytes), or None when the document names none that is still valid."""
        raise NotImplementedError

    def exp_ms(self) -> int:
        """When this document has to be fetched again."""
        raise NotImplementedError


async def open_trust(crypto: Crypto, service_key: ServiceKey, jws: str, now_ms: int) -> Trust:
    """Trust from the cw-keys JWS (text of /.well-known/cw-keys); CwError when the pinned root did not sign it."""
    raise NotImplementedError
