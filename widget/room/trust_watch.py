"""The sign-in service's published keys, asked for again as long as somebody is in the room."""

from __future__ import annotations

from widget.core.limits import TRUST_AGAIN_MS
from widget.crypto.credentials import Credentials
from widget.crypto.group import Group
from widget.crypto.session import PeerSession
from widget.errors import ChatError, CwError
from widget.room.shared import Shared


class TrustWatch:
    """Knows whom the newest list of keys vouches for no more: a key in it was withdrawn."""

    def __init__(self, shared: Shared, credentials: Credentials, group: Group) -> None:
        self._shared: Shared = shared
        self._credentials: Credentials = credentials
        self._group: Group = group
        self._asked_ms: int = shared.clock.steady_ms()
        self._doubted_ms: int = -TRUST_AGAIN_MS

    def is_due(self) -> bool:
        return self._shared.clock.steady_ms() - self._asked_ms >= TRUST_AGAIN_MS

    def doubts(self) -> bool:
        """Somebody comes with a key that I do not know: whether that is worth asking at once."""
        now_ms = self._shared.clock.steady_ms()
        if now_ms - self._doubted_ms < TRUST_AGAIN_MS:
            return False
        self._doubted_ms = now_ms
        return True

    async def renew(self) -> list[PeerSession] | None:
        """Ask. Those who are out; None where there was no answer."""
        self._asked_ms = self._shared.clock.steady_ms()
        try:
            trust = await self._shared.service.fetch_trust()
        except ChatError:
            return None
        return await self._unvouched() if self._credentials.use_trust(trust) else []

    async def _unvouched(self) -> list[PeerSession]:
        found: list[PeerSession] = []
        for peer in self._group.members():
            try:
                await self._credentials.check(peer.credential, peer.psk_proof, self._shared.clock.now_ms())
            except CwError:
                found.append(peer)
        return found
