"""Decisions on their way: taken from whoever hands them on, shown to whom an epoch of ours was granted."""

from __future__ import annotations

from typing import Protocol

from widget.crypto.event import check_event
from widget.crypto.group import Group
from widget.crypto.reasons import EVENT_AUTHOR, EVENT_ROOM
from widget.errors import CwError
from widget.ports import Clock, Crypto
from widget.room.book import Book
from widget.room.entry import Entry
from widget.room.kinds.decision import DECISION
from widget.room.limits import BOOK_BYTES, BOOK_COST
from widget.room.other import Others
from widget.wire.event import Event, size_of
from widget.wire.notes import BookPart, write_book
from widget.wire.pair import Shown


class Readership(Protocol):
    """The members of the room."""

    def send_note(self, sid: str, blob: bytes) -> None: ...
    async def decided(self) -> None:
        """More is decided than before."""
        ...


class BookSync:
    """Between members of one epoch the log brings decisions. Who comes anew asks for the book that an epoch names."""

    def __init__(
        self, clock: Clock, crypto: Crypto, room_id: bytes, group: Group, book: Book, others: Others, ways: Readership
    ) -> None:
        self._clock: Clock = clock
        self._crypto: Crypto = crypto
        self._room_id: bytes = room_id
        self._group: Group = group
        self._book: Book = book
        self._others: Others = others
        self._ways: Readership = ways
        self._has_news: bool = False
        self._ids: dict[str, list[str]] = {}  # what each member's book holds, as far as it has come

    def take(self, entry: Entry) -> None:
        """A verified event, also one that waits in its author's log. What follows is told by `conclude`."""
        if entry.event.kind == DECISION:
            self._has_news = self._book.take([entry], self._group.count_drop) or self._has_news

    async def conclude(self) -> None:
        """Act on what was taken."""
        if self._has_news:
            self._has_news = False
            await self._book.name()
            await self._ways.decided()

    def show(self, sid: str, book_hash: str) -> None:
        """The book of that hash, in as many notes as it takes."""
        if not self._others.of(sid).fetches.take(BOOK_COST):
            return
        part: list[Entry] = []
        size = 0
        for entry in self._book.entries_of(book_hash):
            size += size_of(entry.event)
            if len(part) > 0 and (part[0].author is not entry.author or size > BOOK_BYTES):
                self._ways.send_note(sid, _note(False, part))
                part = []
                size = size_of(entry.event)
            part.append(entry)
        if len(part) > 0:
            self._ways.send_note(sid, _note(True, part))

    async def hear(self, sid: str, part: BookPart) -> None:
        """A part of the book that an epoch was made with."""
        entries: list[Entry] = []
        try:
            for author in part.authors:
                await self._group.hear_author(author, self._clock.now_ms())
            for event in part.events:
                entries.append(await self._verified(event))
        except CwError as error:
            self._group.count_drop(error.reason)
            part = BookPart(True, [], [])
        self._book.take([entry for entry in entries if entry.event.kind == DECISION], self._group.count_drop)
        ids = [*self._ids.get(sid, []), *[entry.id for entry in entries]]
        self._ids = {sid: ids}
        if part.is_last:
            self._ids = {}
            await self._book.learn(ids)
            await self._book.name()
            await self._ways.decided()

    async def _verified(self, event: Event) -> Entry:
        author = self._group.member(event.author)
        if event.room_id != self._room_id:
            raise CwError(EVENT_ROOM, "a decision for another room")
        if author is None or event.body is None:
            raise CwError(EVENT_AUTHOR, "a decision of somebody I never met")
        name = await check_event(self._crypto, event, author)
        return Entry(event, name, author, self._clock.steady_ms(), False)


def _note(is_last: bool, entries: list[Entry]) -> bytes:
    author = entries[0].author
    return write_book(is_last, [Shown(author.credential, author.psk_proof)], [entry.event for entry in entries])
