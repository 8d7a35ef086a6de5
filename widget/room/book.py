"""What hosts and moderators decided: a set that only grows, the same for everybody who holds the same events.

A decision counts as soon as it is here, whatever of its author's log is missing, and stays when that is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.decisions import NO_BOOK
from widget.crypto.reasons import EVENT_BUDGET
from widget.crypto.remembered import forget_oldest
from widget.crypto.session import PeerSession
from widget.errors import CwError
from widget.ports import Digest
from widget.room.entry import Entry
from widget.room.limits import BOOKS_KNOWN, DECISIONS, DECISIONS_VOID
from widget.room.rulings import Ruling, Rulings
from widget.wire.codec import Writer
from widget.wire.decision import read_decision
from widget.wire.labels import BOOK, labelled


class Book:
    """`now` is what follows; `hash` names it among members, once `name` has found it out."""

    def __init__(self, digest: Digest, host_sub: str, needs_approval: bool) -> None:
        self._digest: Digest = digest
        self._host_sub: str = host_sub
        self._needs_approval: bool = needs_approval
        self._rulings: dict[str, Ruling] = {}
        self._known: dict[str, list[str]] = {}  # what I have that went by a hash once, newest last
        self._hash: bytes = NO_BOOK
        self.put_out: list[str] = []  # who was removed, until somebody has acted on it
        self.now: Rulings = Rulings(host_sub, needs_approval, [])

    @property
    def hash(self) -> bytes:
        return self._hash

    def holds(self, book_hash: bytes) -> bool:
        """Also what I had before: it is a part of what I have now."""
        return book_hash == NO_BOOK or book_hash.hex() in self._known

    def lets_in(self, peer: PeerSession) -> bool:
        return self.now.standing(peer) == "in"

    def has(self, event_id: str) -> bool:
        return event_id in self._rulings

    def entries(self) -> list[Entry]:
        """What counts, in room order."""
        return [one.entry for one in self._sorted() if one.entry.id in self.now.counting]

    def entries_of(self, book_hash: str) -> list[Entry]:
        """What went by that hash, as far as I know; those of one author together."""
        found = [self._rulings[event_id].entry for event_id in self._known.get(book_hash, [])]
        return sorted(found, key=lambda entry: entry.event.author)

    def take(self, entries: list[Entry], refused: Callable[[int], None]) -> bool:
        """Whether something follows from them. `refused` hears why one is not taken: no decision, or no room for it."""
        before = self.now
        for is_host in (True, False):  # whose power may come of what the hosts say
            for entry in entries:
                if entry.author.is_host == is_host:
                    self._add(entry, refused)
            self.now = Rulings(self._host_sub, self._needs_approval, self._sorted())
        removals = self.now.removals
        self.put_out.extend([sub for sub in removals if len(removals[sub]) > len(before.removals.get(sub, []))])
        return list(before.counting) != list(self.now.counting)

    async def name(self) -> None:
        """Find out the hash of what counts now."""
        self._hash = await self.learn(list(self.now.counting))

    async def learn(self, ids: list[str]) -> bytes:
        """The hash of these events; I hold what goes by it if I have them."""
        ids = sorted(ids)
        book_hash = await self._hash_of(ids)
        if all(event_id in self._rulings for event_id in ids):
            self._known[book_hash.hex()] = ids
            forget_oldest(self._known, BOOKS_KNOWN)
        return book_hash

    def _add(self, entry: Entry, refused: Callable[[int], None]) -> None:
        body = entry.event.body
        if body is None or entry.id in self._rulings:
            return
        try:
            ruling = Ruling(entry, read_decision(body))
        except CwError as error:
            refused(error.reason)
            return
        if self._has_room(ruling):
            self._rulings[entry.id] = ruling
        else:
            refused(EVENT_BUDGET)

    def _has_room(self, ruling: Ruling) -> bool:
        """What does not count has its own bound: anybody can make such. Nobody uses up the room of who is above."""
        entry = ruling.entry
        count = len(self._rulings)
        if self.now.may(entry.author, entry.event.seq, ruling.decision):
            return count < DECISIONS * (3 if entry.author.is_host else 2)
        void = [one for one in self._rulings.values() if one.entry.id not in self.now.counting]
        own = [one for one in void if one.entry.author.sub == entry.author.sub]
        return count < DECISIONS and len(own) < DECISIONS_VOID

    def _sorted(self) -> list[Ruling]:
        return sorted(self._rulings.values(), key=lambda one: one.entry.place)

    async def _hash_of(self, ids: list[str]) -> bytes:
        """SHA-256("cw1/book" 00 ids in order)"""
        if len(ids) == 0:
            return NO_BOOK
        writer = Writer()
        for event_id in ids:
            writer.hex(event_id, 16)
        return await self._digest.sha256(labelled(BOOK, writer.done()))
