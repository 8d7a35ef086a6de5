"""Decides whether a session credential admits its owner to this room."""

from __future__ import annotations

from widget.crypto.limits import MAX_SESSIONS
from widget.crypto.reasons import PSK_PROOF, SID_REUSED
from widget.crypto.session import PeerSession, Session, peer_session
from widget.crypto.trust import Trust
from widget.crypto.vouched import check_room_and_time, vouched
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.credential import read_credential
from widget.wire.genesis import Genesis


class Credentials:
    """One room's doorkeeper: checks SCs and remembers sids. Make one per session, share it."""

    def __init__(self, crypto: Crypto, session: Session, trust: Trust, genesis: Genesis) -> None:
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._trust: Trust = trust
        self._genesis: Genesis = genesis
        self._known: dict[str, PeerSession] = {session.sid: session.me}

    @property
    def min_version(self) -> int:
        """The lowest protocol version the room lets in."""
        return self._genesis.min_version

    @property
    def created_ms(self) -> int:
        """When the room was made."""
        return self._genesis.created_ms

    def use_trust(self, trust: Trust) -> bool:
        """The keys as they were fetched last. False when they are the same; else nobody is verified any more."""
        is_newer = trust.iat_ms > self._trust.iat_ms
        trust.ended = self._trust.ended
        self._trust = trust
        return self._doubt_if(is_newer)

    async def hear_ended(self, jwt: str, org: str, now_ms: int) -> bool:
        """The devices of my site that were ended. False when that is no news; else nobody is verified any more."""
        return self._doubt_if(await self._trust.hear_ended(jwt, org, now_ms))

    def _doubt_if(self, is_newer: bool) -> bool:
        if is_newer:
            self._known = {self._session.sid: self._session.me}
        return is_newer

    async def check(
        self, credential: bytes, psk_proof: bytes, now_ms: int, is_past: bool = False
    ) -> PeerSession:
        """The session an SC proves; CwError with a numbered reason. It is forgotten again unless `remember` follows.

        The identity must be valid when the session began, not now: whoever joins later can still verify those who
        are in, even if the auth service is down. A credential ends after 12 hours; `is_past` takes it for what was said
        until then, also by a device that was ended, and asks for no proof of an invite: that lets its owner in nowhere.
        """
        sc = read_credential(credential)
        check_room_and_time(sc, self._session.room_id, min(now_ms, sc.exp_ms) if is_past else now_ms)
        known = self._known.get(sc.sid)
        if known is not None and known.credential == credential and known.psk_proof == psk_proof:
            return known
        identity = await vouched(self._crypto, self._trust, self._genesis, sc, now_ms, is_past)
        if not is_past and not await self._session.invites.admit(credential, psk_proof, identity.jkt):
            raise CwError(PSK_PROOF, "the session does not know the newest invite")
        return await peer_session(self._crypto, sc, credential, psk_proof, identity, self._genesis)

    def remember(self, peer: PeerSession) -> None:
        """Its owner has shown the key, or I asked for it. CwError when it goes by another credential already."""
        known = self._known.get(peer.sid)
        if known is not None and known.credential_hash != peer.credential_hash:
            raise CwError(SID_REUSED, "the session has two credentials")
        self._known[peer.sid] = peer
        if len(self._known) > MAX_SESSIONS:
            for sid in self._known:
                if sid != self._session.sid:
                    del self._known[sid]
                    return
