"""What somebody has begun to write in a room: it stays with both, over a reload, until one signs out.

    draft N text    sealed (`vault.py`); N is the first byte of the hash of person and room

So there are at most 256. Of two that share a place, which is rare, the newer outlives the page.
"""

from __future__ import annotations

from widget.ports import Clock, Crypto, Storage
from widget.room.limits import DRAFT_CHARS, DRAFT_SAVE_MS
from widget.room.vault import Vault
from widget.transport.waiting import Lane
from widget.wire.codec import utf8

FOLDER = "draft"


class Drafts:
    """By owner: the person and the room. `lane` is where the disk is written to. Nothing is ever raised."""

    def __init__(self, clock: Clock, storage: Storage, crypto: Crypto, vault: Vault, lane: Lane) -> None:
        self._clock: Clock = clock
        self._storage: Storage = storage
        self._crypto: Crypto = crypto
        self._vault: Vault = vault
        self._lane: Lane = lane
        self._texts: dict[str, str] = {}  # of this page
        self._unsaved: list[str] = []

    async def of(self, owner: str) -> str:
        """"" where nothing was begun."""
        text = self._texts.get(owner)
        return await self._read(owner) if text is None else text

    def keep(self, owner: str, text: str) -> None:
        """It is written a moment later, with what comes meanwhile."""
        if self._texts.get(owner) != text:
            self._texts[owner] = text
            if len(self._unsaved) == 0:
                self._clock.after(DRAFT_SAVE_MS, self._due)
            if owner not in self._unsaved:
                self._unsaved.append(owner)

    def _due(self) -> None:
        self._lane.add(self._save)

    async def wipe(self) -> None:
        """Somebody signed out."""
        self._texts = {}
        self._unsaved = []
        await self._storage.discard(FOLDER)

    async def _read(self, owner: str) -> str:
        try:
            records = await self._storage.kept(await self._place(owner))
            return utf8(await self._vault.open(records[0], owner.encode("utf-8")))
        except Exception:  # there is none, or it is another's
            return ""

    async def _save(self) -> None:
        owners = self._unsaved
        self._unsaved = []
        for owner in owners:
            place = await self._place(owner)
            text = self._texts.get(owner, "")[:DRAFT_CHARS]
            if text == "":
                await self._storage.discard(place)
            else:
                sealed = await self._vault.seal(text.encode("utf-8"), owner.encode("utf-8"))
                await self._storage.keep(f"{place} text", sealed)

    async def _place(self, owner: str) -> str:
        digest = await self._crypto.digest.sha256(owner.encode("utf-8"))
        return f"{FOLDER} {digest[0]}"
