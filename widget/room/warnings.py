"""Handshakes that fail for a reason that people may have to act on."""

from __future__ import annotations

from widget.core.limits import TRUST_AGAIN_MS
from widget.crypto.credentials import Credentials
from widget.crypto.group import Group
from widget.crypto.reasons import BIND_MAC, BIND_SIGNATURE, PSK_GENERATION, PSK_PROOF, TOKEN_KEY
from widget.errors import ChatError, CwError
from widget.room.neighbour import Neighbour
from widget.room.shared import Shared
from widget.transport.happened import Lost


class Warnings:
    """Each is told once in a stay."""

    def __init__(self, shared: Shared, credentials: Credentials, group: Group) -> None:
        self._shared: Shared = shared
        self._credentials: Credentials = credentials
        self._group: Group = group
        self._told: list[str] = []
        self._trust_ms: int = shared.platform.clock.steady_ms()

    def consider(self, neighbour: Neighbour, lost: Lost) -> None:
        """With nobody verified yet, a wrong invite is ours and not theirs."""
        error = lost.error
        if not isinstance(error, CwError):
            return
        reason = error.reason
        if reason == TOKEN_KEY:
            self._shared.platform.clock.spawn(self._newer_trust(neighbour))
        elif reason in (PSK_PROOF, PSK_GENERATION) and len(self._group.members()) == 1:
            self._once("invite.wrong", "The members of this room have another invite. Ask for the current one.")
        elif reason in (BIND_SIGNATURE, BIND_MAC) and lost.is_direct:
            text = "A direct connection led to somebody else (possible interception). It is not used."
            self._once("link.interception", text)

    def _once(self, code: str, text: str) -> None:
        if code not in self._told:
            self._told.append(code)
            self._shared.events.emit("error", ChatError(code, text))

    async def _newer_trust(self, neighbour: Neighbour) -> None:
        """The peer's identity is signed by a key we do not know: perhaps one that is newer than our document."""
        now_ms = self._shared.platform.clock.steady_ms()
        if now_ms - self._trust_ms < TRUST_AGAIN_MS:
            return
        self._trust_ms = now_ms
        try:
            self._credentials.use_trust(await self._shared.service.fetch_trust())
        except ChatError:
            return
        neighbour.pair.start()
