"""The devices of people as I have met them, and whom I compared numbers with: a new device is no longer that one.

Kept on the device until one signs out: by then the numbers are others, for this device's key is gone too.
"""

from __future__ import annotations

import json
from typing import Any

from widget.crypto.remembered import forget_oldest
from widget.crypto.session import PeerSession
from widget.model import Acquaintance
from widget.ports import Clock, Siblings, Storage
from widget.room.limits import DEVICES_KNOWN, PEOPLE_KNOWN
from widget.wire.codec import utf8
from widget.wire.fields import write_object

KEY = "people"


class Acquaintances:
    """By person (sub): devices in hex, each with whether it was compared. Who was met first is forgotten first.

    The other chats of this site have copies: each tells when it has changed the record, and `follow`s the others.
    """

    def __init__(self, clock: Clock, storage: Storage, siblings: Siblings) -> None:
        self._clock: Clock = clock
        self._storage: Storage = storage
        self._siblings: Siblings = siblings
        self._people: dict[str, dict[str, bool]] = {}
        self._is_loaded: bool = False
        self.asked: dict[str, list[str]] = {}  # whose number was given out last, of which devices

    async def load(self) -> None:
        """What earlier visits left; a record that cannot be read is none."""
        if self._is_loaded:
            return
        self._is_loaded = True
        data = await self._storage.load(KEY)
        if data is not None:
            try:
                self._people = json.loads(utf8(data))
            except Exception:
                self._people = {}

    async def follow(self) -> None:
        """Another chat of this site has changed the record."""
        self._is_loaded = False
        await self.load()

    async def mine(self, sub: str, device: str) -> list[str]:
        """My own devices as far as this one knows, which is the first."""
        await self.load()
        self.meet(sub, device)
        return list(self._people[sub])

    def meet(self, sub: str, device: str) -> None:
        """The first device of a person is taken for theirs."""
        if sub not in self._people:
            self._people[sub] = {device: False}
            self._keep()

    def vouch(self, sub: str, by: str, device: str) -> None:
        """The person says on a device that I know that this one is theirs too: I know it as well as that."""
        known = self._people.get(sub, {})
        if by in known and device not in known and len(known) < DEVICES_KNOWN:
            known[device] = known[by]
            self._keep()

    def of(self, peers: list[PeerSession]) -> Acquaintance:
        """How I know a person who is here with these sessions."""
        known = [self._people.get(peer.sub, {}).get(peer.jkt.hex()) for peer in peers]
        if any(one is None for one in known):
            return "new"
        return "compared" if all(one is True for one in known) else "met"

    def compare(self, sub: str, devices: list[str], is_same: bool) -> None:
        """The numbers of these devices were compared: they are that person's, or are not known any more."""
        known = {device: done for device, done in self._people.get(sub, {}).items() if device not in devices}
        for device in devices if is_same else []:
            known[device] = True
        self._people[sub] = {device: known[device] for device in list(known)[-DEVICES_KNOWN:]}
        self._keep()

    async def forget(self) -> None:
        self._people = {}
        await self._storage.erase(KEY)

    def _keep(self) -> None:
        forget_oldest(self._people, PEOPLE_KNOWN)
        self._clock.spawn(self._save())

    async def _save(self) -> None:
        fields: dict[str, Any] = dict(self._people)
        await self._storage.save(KEY, write_object(fields).encode("utf-8"))
        self._siblings.tell(KEY)
