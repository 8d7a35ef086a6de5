"""Server nonces of DPoP proofs (RFC 9449, 8 and 9): a proof that was made ahead or stolen is worth nothing later."""

from __future__ import annotations

from auth.p256 import base64url
from auth.secret import keyed

WINDOW_S = 300
NONCE_BYTES = 16


class Nonces:
    """Made of a secret and the time, so that all workers know them and nothing is kept."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def newest(self, now_s: int) -> str:
        return self._of(now_s // WINDOW_S)

    def good(self, now_s: int) -> tuple[str, str]:
        """Also the one before: it was given out up to a moment ago."""
        return self.newest(now_s), self.newest(now_s - WINDOW_S)

    def _of(self, window: int) -> str:
        return base64url(keyed(self._secret, b"dpop-nonce\0" + window.to_bytes(8, "big"))[:NONCE_BYTES])
