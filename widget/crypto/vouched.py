"""What a session credential proves by itself, whoever looks at it: the room, the time, the person, the device."""

from __future__ import annotations

from widget.crypto.device import thumbprint
from widget.crypto.keys import check_public, same, signed
from widget.crypto.lifetime import holds_at
from widget.crypto.limits import SESSION_LIFE_MS
from widget.crypto.reasons import (
    ORIGIN_FOREIGN,
    SC_DEVICE,
    SC_IDENTITY_HASH,
    SC_ROOM,
    SC_SID,
    SC_SIGNATURE,
    SC_TIME,
    TOKEN_KEY,
)
from widget.crypto.session import session_id
from widget.crypto.trust import Identity, Trust
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.codec import utf8
from widget.wire.credential import Credential, credential_signed
from widget.wire.genesis import Genesis


def check_room_and_time(sc: Credential, room_id: bytes, now_ms: int) -> None:
    if sc.room_id != room_id:
        raise CwError(SC_ROOM, "the session is for another room")
    life_ms = sc.exp_ms - sc.iat_ms
    if life_ms <= 0 or life_ms > SESSION_LIFE_MS:
        raise CwError(SC_TIME, "the session lasts too long")
    if not holds_at(now_ms, sc.iat_ms, sc.exp_ms):
        raise CwError(SC_TIME, "the session is not valid now")


async def vouched(
    crypto: Crypto, trust: Trust, genesis: Genesis, sc: Credential, now_ms: int, is_past: bool
) -> Identity:
    """Whose session it is; CwError unless the service vouches for them and their device for the session's keys."""
    if now_ms >= trust.exp_ms:
        raise CwError(TOKEN_KEY, "the published keys were not fetched for too long")
    if not same(await crypto.digest.sha256(sc.identity), sc.identity_hash):
        raise CwError(SC_IDENTITY_HASH, "the session names another identity")
    identity = await trust.check_identity(utf8(sc.identity), sc.iat_ms, is_past)
    if identity.org not in genesis.orgs:
        raise CwError(ORIGIN_FOREIGN, "the room is not open to that site")
    check_public(sc.device)
    check_public(sc.signing)
    check_public(sc.agreement)
    if not same(await thumbprint(crypto, sc.device), identity.jkt):
        raise CwError(SC_DEVICE, "the identity belongs to another device")
    if await session_id(crypto, sc.device, sc.signing, sc.agreement) != sc.sid:
        raise CwError(SC_SID, "the session id is not that of the keys")
    if not await signed(crypto, sc.device, sc.signature, credential_signed(sc)):
        raise CwError(SC_SIGNATURE, "the device did not sign the session")
    return identity
