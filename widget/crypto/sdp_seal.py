"""Hides SDP and candidates from signaling in private rooms: AES-256-GCM under a key of the invite secret."""

from __future__ import annotations

from widget.crypto.keys import sdp_key
from widget.crypto.reasons import BROKEN_SEAL
from widget.crypto.session import Session
from widget.errors import MALFORMED, CwError
from widget.ports import Crypto
from widget.wire.base64url import from_base64url, to_base64url
from widget.wire.codec import Writer, utf8
from widget.wire.labels import SDP, labelled

NONCE_BYTES = 12


class SdpSeal:
    """Text in, text out: base64url(nonce12 | sealed), aad = "cw1/sdp" 00 room16 from16 to16 lp(kind).

    Under the newest invite secret; what comes may be under an older one, of who was away when it was renewed.

    Random nonces: at most 2^20 seals under one invite secret, far above what a room of 24 hours signals.
    """

    def __init__(self, crypto: Crypto, session: Session) -> None:
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._keys: dict[str, object] = {}  # by secret

    async def seal(self, to_sid: str, kind: str, text: str) -> str:
        nonce = self._crypto.digest.random(NONCE_BYTES)
        aad = self._aad(self._session.sid, to_sid, kind)
        key = await self._key(self._session.invites.secrets[0])
        return to_base64url(nonce + await self._crypto.aead.seal(key, nonce, text.encode("utf-8"), aad))

    async def open(self, from_sid: str, kind: str, sealed: str) -> str:
        """CwError unless a member with the invite sealed it for me, as this kind."""
        data = from_base64url(sealed)
        if len(data) < NONCE_BYTES + 16:
            raise CwError(MALFORMED, "sealed text too short")
        aad = self._aad(from_sid, self._session.sid, kind)
        for secret in self._session.invites.secrets:
            try:
                key = await self._key(secret)
                return utf8(await self._crypto.aead.open(key, data[:NONCE_BYTES], data[NONCE_BYTES:], aad))
            except CwError:
                continue
        raise CwError(BROKEN_SEAL, "sealed under no invite that I know")

    async def _key(self, secret: bytes) -> object:
        name = secret.hex()
        key = self._keys.get(name)
        if key is None:
            key = await sdp_key(self._crypto, secret, self._session.room_id)
            self._keys[name] = key
        return key

    def _aad(self, from_sid: str, to_sid: str, kind: str) -> bytes:
        writer = Writer().fixed(self._session.room_id, 16).hex(from_sid, 16)
        return labelled(SDP, writer.hex(to_sid, 16).long(kind.encode("utf-8")).done())


def open_sdp_seal(crypto: Crypto, session: Session) -> SdpSeal | None:
    """The seal of a private room; None in a public one, where signaling reads along."""
    return None if len(session.invites.secrets) == 0 else SdpSeal(crypto, session)
