"""One page load in one room: my session, and other people's once verified."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.device import DeviceKey
from widget.crypto.trust import Identity
from widget.ports import Crypto, KeyPair
from widget.wire.genesis import Genesis


@dataclass(frozen=True)
class PeerSession:
    """A verified session. `sid` is 32 hex digits, `credential_hash` SHA-256(SC) in hex, keys 65 bytes."""

    sid: str
    sub: str
    name: str
    jkt: bytes
    is_host: bool
    sign_public: bytes
    agree_public: bytes
    iat_ms: int
    exp_ms: int
    credential: bytes
    credential_hash: str
    psk_proof: bytes = field(repr=False)


@dataclass(frozen=True)
class Session:
    """My session: `me` as others will see it, the private halves, the room and its invite secret (b"" if public)."""

    me: PeerSession
    room_id: bytes
    signing: KeyPair = field(repr=False)
    agreement: KeyPair = field(repr=False)
    psk: bytes = field(repr=False)
    psk_gen: int = 0

    @property
    def sid(self) -> str:
        return self.me.sid


async def open_session(
    crypto: Crypto,
    device: DeviceKey,
    identity_jwt: str,
    identity: Identity,
    genesis: Genesis,
    psk: bytes,
    now_ms: int,
) -> Session:
    """A new session (new sid, SK, EK, SC) for 12 hours. OrderError when a private room's `psk` is missing."""
    raise NotImplementedError
