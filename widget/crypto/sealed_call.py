"""Sealed requests to the auth service and their sealed replies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from widget.crypto.hpke import seal
from widget.crypto.reasons import REPLY_MISMATCH
from widget.crypto.service_key import ServiceKey
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.codec import utf8
from widget.wire.fields import parse_object, write_object
from widget.wire.sign_in import reply_aad, seal_info

MAX_REPLY_CHARS = 16384
NONCE_BYTES = 12


@dataclass(frozen=True)
class SealedRequest:
    """`body` goes out as application/cw-hpke; the rest opens the reply."""

    body: bytes
    rid: bytes
    reply_key: object = field(repr=False)


class SealedCalls:
    """Seals JSON requests for one service and origin."""

    def __init__(self, crypto: Crypto, service_key: ServiceKey, origin: str) -> None:
        self._crypto: Crypto = crypto
        self._recipient: bytes = service_key.seal_public
        self._origin: str = origin

    def new_rid(self) -> bytes:
        """A fresh request id, 16 bytes; signatures inside the request cover it (`widget/wire/sign_in.py`)."""
        return self._crypto.digest.random(16)

    def use_seal_key(self, seal_public: bytes) -> None:
        """Seal to a newer key, taken from `Trust.seal_public()`."""
        self._recipient = seal_public

    async def request(self, method: str, path: str, fields: dict[str, Any], rid: bytes, now_ms: int) -> SealedRequest:
        """H_kid8 | enc65 | ct of `fields` plus key, ts and rid. `path` is relative to the base URL ("/otp/verify")."""
        key = self._crypto.digest.random(32)
        sealed_fields = {**fields, "key": key.hex(), "rid": rid.hex(), "ts": now_ms}
        plaintext = write_object(sealed_fields).encode("utf-8")
        kid = (await self._crypto.digest.sha256(self._recipient))[:8]
        info = seal_info(method, path, self._origin)
        ephemeral = await self._crypto.agreement.generate()
        enc, sealed = await seal(self._crypto, ephemeral, self._recipient, info, b"", plaintext)
        return SealedRequest(b"".join([kid, enc, sealed]), rid, await self._crypto.aead.key(key))

    async def reply(self, request: SealedRequest, body: bytes) -> dict[str, Any]:
        """The JSON object of a 200 answer (nonce12 | sealed); CwError when it is not the answer to this request."""
        nonce, sealed = body[:NONCE_BYTES], body[NONCE_BYTES:]
        if len(sealed) < 16:
            raise CwError(REPLY_MISMATCH, "the answer is too short")
        plaintext = await self._crypto.aead.open(request.reply_key, nonce, sealed, reply_aad(request.rid))
        return parse_object(utf8(plaintext), MAX_REPLY_CHARS)
