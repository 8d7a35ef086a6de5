"""Sign-ins that ended before their access token did: told to every signaling worker and kept in mind."""

from __future__ import annotations

import json
from dataclasses import dataclass

from auth.stores import Store

CHANNEL = "cw:revoked"
REMEMBERED_S = 900  # longer than an access token lives


@dataclass(frozen=True)
class Revoked:
    """All of `sub` on the device with this `jkt` (hex of 32 bytes), for tokens issued before `at_s`."""

    sub: str
    jkt: str
    at_s: int


async def announce(store: Store, revoked: Revoked) -> None:
    await store.command("SET", _key(revoked.jkt), revoked.at_s, "EX", REMEMBERED_S)
    message = {"sub": revoked.sub, "jkt": revoked.jkt, "at": revoked.at_s}
    await store.publish(CHANNEL, json.dumps(message).encode())


async def is_revoked(store: Store, jkt: bytes, iat_s: int) -> bool:
    """Whether a token issued at `iat_s` to this device has been taken back."""
    at_s = await store.command("GET", _key(jkt.hex()))
    return at_s is not None and iat_s < int(at_s)


def read_revoked(data: bytes) -> Revoked:
    """A message of CHANNEL."""
    message = json.loads(data)
    return Revoked(message["sub"], message["jkt"], message["at"])


def _key(jkt: str) -> str:
    return f"cw:revoked:{jkt}"
