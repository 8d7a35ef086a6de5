"""What the sign-in service publishes of its keys and of ended devices, asked for as long as somebody is in a room."""

from __future__ import annotations

from widget.core.limits import TRUST_AGAIN_MS
from widget.crypto.credentials import Credentials
from widget.crypto.group import Group
from widget.crypto.reasons import SC_TIME
from widget.crypto.session import PeerSession
from widget.errors import ChatError, CwError
from widget.room.shared import Shared


class TrustWatch:
    """Knows whom the service vouches for no more: a key was withdrawn, or their device signed out from elsewhere."""

    def __init__(self, shared: Shared, credentials: Credentials, group: Group) -> None:
        self._shared: Shared = shared
        self._credentials: Credentials = credentials
        self._group: Group = group
        self._asked_ms: int = -TRUST_AGAIN_MS
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

    async def hear_ended(self) -> list[PeerSession]:
        """Ask which devices were ended. Those who are out; nobody where there was no answer, or a wrong one."""
        try:
            jwt = await self._shared.service.ended()
            now_ms = self._shared.clock.now_ms()
            is_news = await self._credentials.hear_ended(jwt, self._shared.platform.origin, now_ms)
        except ChatError:
            return []
        return await self._unvouched() if is_news else []

    async def _unvouched(self) -> list[PeerSession]:
        found: list[PeerSession] = []
        for peer in self._group.verified():
            try:
                await self._credentials.check(peer.credential, peer.psk_proof, self._shared.clock.now_ms())
            except CwError as error:
                if error.reason != SC_TIME:  # that is no fault of theirs
                    found.append(peer)
        return found
