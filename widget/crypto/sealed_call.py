"""Sealed requests to the auth service and their sealed replies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from widget.crypto.service_key import ServiceKey
from widget.ports import Crypto


@dataclass(frozen=True)
class SealedRequest:
    """`body` goes out as application/cw-hpke; the rest opens the reply."""

    body: bytes
    rid: bytes
    reply_key: object = field(repr=False)


class SealedCalls:
    """Seals JSON requests for one service and origin."""

    def __init__(self, crypto: Crypto, service_key: ServiceKey, origin: str) -> None:
        raise NotImplementedError

    def new_rid(self) -> bytes:
        """A fresh request id, 16 bytes; signatures inside the request cover it (`widget/wire/sign_in.py`)."""
        raise NotImplementedError

    def use_seal_key(self, seal_public: bytes) -> None:
        """Seal to a newer key, taken from `Trust.seal_public()`."""
        raise NotImplementedError

    async def request(
        self, method: str, path: str, fields: dict[str, Any], rid: bytes, now_ms: int
    ) -> SealedRequest:
        """Seal `fields` plus key, ts and rid. `path` is relative to the base URL ("/otp/verify")."""
        raise NotImplementedError

    async def reply(self, request: SealedRequest, body: bytes) -> dict[str, Any]:
        """The JSON object of a 200 answer; CwError when it is not the answer to this request."""
        raise NotImplementedError
