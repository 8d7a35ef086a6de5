"""The room that this tab is in, on the disk: a page that is loaded anew comes back into it, with its talk.

Records are sealed (`vault.py`); `kept.py` says what is in them. People are written before what they said, and that
before what I am still saying: where a page ends between two of them something is missing, and nothing is there twice.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.crypto.session import PeerSession
from widget.crypto.trust import Identity
from widget.errors import UnreachableError
from widget.ports import Clock, Deferred, Storage
from widget.room.drafts import Drafts
from widget.room.entry import Entry
from widget.room.kept import Kept, people_of, segment_of, state_of
from widget.room.limits import SAVE_MS, SAVE_SOON_MS, SEGMENT_EVENTS, SEGMENTS
from widget.room.shared import Shared
from widget.room.slots import Slots
from widget.room.talk import Talk
from widget.room.vault import Vault
from widget.transport.waiting import Lane, settle, start

FOLDER = "log"
SAVES = 8


class Disk:
    """One talk at a time. Nothing is ever raised: what cannot be kept will be gone with the page."""

    def __init__(self, shared: Shared) -> None:
        platform = shared.platform
        self._shared: Shared = shared
        self._clock: Clock = shared.clock
        self._storage: Storage = platform.storage
        self._vault: Vault = Vault(platform.storage, platform.crypto)
        self._slots: Slots = Slots(platform.storage, platform.crypto.digest, shared.clock)
        self._lane: Lane = Lane(shared.clock, SAVES)
        self.drafts: Drafts = Drafts(shared.clock, platform.storage, platform.crypto, self._vault, self._lane)
        self._talk: Talk | None = None
        self._number: int = 0  # of the newest segment
        self._open: list[Entry] = []  # that are in it
        self._news: list[Entry] = []  # that are in none yet
        self._people: dict[str, PeerSession] = {}  # those on the disk
        self._due_ms: int = 0  # of the next save; 0 while none is planned
        self._has_moved: bool = False

    async def open(self, me: Identity) -> Talk | None:
        """The talk that this tab had when the page went, if it was mine."""
        if not await self._slots.find():
            return None
        try:
            talk = await self._read(me)
        except Exception:  # whatever is wrong with it, it would be wrong the next time too
            talk = None
        if talk is None:
            await self._forget()
        else:
            self._watch(talk)
        return talk

    def keep(self, talk: Talk) -> None:
        """This talk from now on."""
        self._lane.add(lambda: self._keep(talk))

    async def forget(self) -> None:
        """The room was left: nothing of it stays."""
        await self._in_turn(self._forget)

    async def wipe(self) -> None:
        """Somebody signed out: nothing of any room stays, of any tab."""
        await self._in_turn(self._wipe)

    def stop(self) -> None:
        """Nothing more is written; what is there stays for the next page."""
        self._talk = None

    async def _in_turn(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.stop()
        done = self._clock.deferred()
        if self._lane.add(lambda: settle(done, work)):
            await done.wait()

    async def _keep(self, talk: Talk) -> None:
        if not await self._slots.find():
            await self._slots.choose()
        await self._storage.discard(f"{FOLDER} {self._slots.name}")
        self._number = 0
        self._open = []
        self._people = {}
        self._news = talk.log.entries()
        self._watch(talk)
        self._changed([], True)

    async def _forget(self) -> None:
        name = self._slots.name
        if name != "":
            await self._slots.release()
            await self._storage.discard(f"{FOLDER} {name}")

    async def _wipe(self) -> None:
        await self._forget()
        await self._vault.wipe()
        await self.drafts.wipe()
        await self._slots.clear()
        await self._storage.discard(FOLDER)

    def _watch(self, talk: Talk) -> None:
        self._talk = talk
        talk.messages.changed = self._changed

    # What goes to the disk.

    def _changed(self, entries: list[Entry], is_mine: bool) -> None:
        if self._slots.name == "":
            return
        self._news.extend(entries)
        wait_ms = SAVE_SOON_MS if is_mine else SAVE_MS
        due_ms = self._clock.steady_ms() + wait_ms
        if self._due_ms == 0 or due_ms < self._due_ms:
            self._due_ms = due_ms
            self._clock.after(wait_ms, lambda: self._save_at(due_ms))

    def _save_at(self, due_ms: int) -> None:
        if due_ms == self._due_ms:
            self._due_ms = 0
            self._lane.add(self._save)

    async def _save(self) -> None:
        talk = self._talk
        if talk is None or self._slots.name == "":
            return
        if await self._slots.is_mine():
            if not await self._is_written(talk):
                await self._forget()
            return
        was_wiped = await self._slots.owner() == ""
        self._slots.name = ""
        if not was_wiped and not self._has_moved:
            self._has_moved = True  # once: too many tabs would take places from each other for ever
            await self._keep(talk)  # a copy of this tab has what was here

    async def _is_written(self, talk: Talk) -> bool:
        """False where the disk takes no more."""
        try:
            return await self._write(talk)
        except UnreachableError:
            return False

    async def _write(self, talk: Talk) -> bool:
        authors = talk.authors()
        is_kept = True
        if any(sid not in self._people for sid in authors):
            self._people = authors
            is_kept = await self._put("people", people_of(list(authors.values())))
        while is_kept and len(self._news) > 0:
            is_kept = await self._write_segment()
        return is_kept and await self._put("state", state_of(talk)) and await self._slots.sign()

    async def _write_segment(self) -> bool:
        if len(self._open) >= SEGMENT_EVENTS:
            self._open = []
            self._number += 1
            if self._number >= SEGMENTS:
                await self._storage.erase(f"{FOLDER} {self._slots.name} {self._number - SEGMENTS}")
        count = SEGMENT_EVENTS - len(self._open)
        self._open.extend(self._news[:count])
        self._news = self._news[count:]
        return await self._put(str(self._number), segment_of(self._number, self._open, self._clock))

    async def _put(self, name: str, data: bytes) -> bool:
        return await self._storage.keep(f"{FOLDER} {self._slots.name} {name}", await self._vault.seal(data))

    # What comes from it.

    async def _read(self, me: Identity) -> Talk | None:
        """None for the talk of somebody else, or in another format; CwError for one under another key."""
        await self._vault.key()
        records = await self._storage.kept(f"{FOLDER} {self._slots.name}")
        opening = [self._start_opening(record) for record in records]  # side by side: there are several processors
        plain: list[bytes] = []
        for one in opening:
            plain.append(await one.wait())
        kept = Kept(plain)
        if kept.state.get("sub") != me.sub:
            return None
        talk = await kept.talk(self._shared, me)
        self._people = talk.authors()
        self._number = kept.number
        self._open = talk.log.found([mark.id for mark in kept.newest()])
        return talk

    def _start_opening(self, record: bytes) -> Deferred:
        return start(self._clock, lambda: self._vault.open(record))
