"""Comparing numbers with somebody in the room."""

from __future__ import annotations

from widget.crypto.safety import safety_number
from widget.crypto.session import PeerSession
from widget.errors import ChatError
from widget.room.participants import sessions_of
from widget.room.shared import Shared
from widget.room.stay import RoomSession

NOBODY: str = "This person cannot be compared with now. Wait until both of you are here."


class Comparison:
    """Of the sessions with which both are here now."""

    def __init__(self, shared: Shared, stay: RoomSession) -> None:
        self._shared: Shared = shared
        self._stay: RoomSession = stay

    async def number(self, sub: str) -> str:
        """The safety number of that person and me."""
        theirs = self._sessions(sub)
        self._shared.acquaintances.asked[sub] = _devices(theirs)
        return await safety_number(self._shared.platform.crypto, self._sessions(self._stay.me.sub), theirs)

    async def compare(self, sub: str, is_same: bool) -> None:
        """It was the same for both, or was not: of the devices of the number that was given out last. Of myself: my
        other devices here are mine, as I tell everybody."""
        if sub == self._stay.me.sub:
            if is_same:
                await self._vouch()
            return
        devices = self._shared.acquaintances.asked.get(sub, _devices(self._sessions(sub)))
        self._shared.acquaintances.compare(sub, devices, is_same)
        self._stay.people_changed()

    async def _vouch(self) -> None:
        me = self._stay.me
        others = [peer.jkt for peer in self._sessions(me.sub) if peer.jkt != me.jkt]
        for device in others:
            self._shared.acquaintances.vouch(me.sub, me.jkt.hex(), device.hex())
        await self._stay.introduce()

    def _sessions(self, sub: str) -> list[PeerSession]:
        found = sessions_of(self._stay.peers.group.members()).get(sub)
        if found is None:
            raise ChatError("room.person", NOBODY)
        return found


def _devices(peers: list[PeerSession]) -> list[str]:
    return [peer.jkt.hex() for peer in peers]
