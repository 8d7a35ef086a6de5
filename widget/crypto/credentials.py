"""Decides whether a session credential admits its owner to this room."""

from __future__ import annotations

from widget.crypto.session import PeerSession, Session
from widget.crypto.trust import Trust
from widget.ports import Crypto
from widget.wire.genesis import Genesis


class Credentials:
    """One room's doorkeeper: checks SCs and remembers sids and HELLO nonces. Make one per session, share it."""

    def __init__(self, crypto: Crypto, session: Session, trust: Trust, genesis: Genesis) -> None:
        raise NotImplementedError

    async def check(self, credential: bytes, psk_proof: bytes, now_ms: int) -> PeerSession:
        """The session an SC proves; CwError with a numbered reason."""
        raise NotImplementedError
