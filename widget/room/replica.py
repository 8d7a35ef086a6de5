"""My copy of what is said in the room: takes what others hand over, adds what I say, and keeps equal with theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.crypto.group import Group
from widget.crypto.opened import OpenedFrame
from widget.crypto.session import PeerSession, Session
from widget.errors import CwError, OrderError
from widget.ports import Clock, Crypto
from widget.room.book import Book
from widget.room.book_sync import BookSync, Readership
from widget.room.chain import Forked, contradicts
from widget.room.entry import Entry
from widget.room.fetches import Fetches
from widget.room.fold import Fold
from widget.room.handover import Frames, Handover
from widget.room.intake import Intake, Introducer
from widget.room.kinds.leave import LEAVE
from widget.room.log import Log
from widget.room.other import Others
from widget.room.readers import Readers
from widget.room.sync import Sync
from widget.room.ways import Ways
from widget.room.written import written
from widget.transport.waiting import Lane, settle
from widget.wire.frame import TYPE_NEWS
from widget.wire.notes import Ask, Beat, BookPart, Fetch, Heads, Lack, Note, write_fork

SAYING: int = 256


class Copies(Ways, Readership, Frames, Introducer, Protocol):
    """Also who takes what is new."""

    def said(self, entries: list[Entry]) -> None:
        """These count from now on, mine among them."""
        ...

    def left(self, author: PeerSession) -> None:
        """That session said goodbye."""
        ...

    def forked(self, author: PeerSession) -> None:
        """It is proved that this session told two stories."""
        ...


class Replica:
    """What is said outlives a session of mine: the next one goes on with the same `log`, `readers` and `fold`."""

    def __init__(
        self,
        clock: Clock,
        crypto: Crypto,
        session: Session,
        group: Group,
        copies: Copies,
        log: Log,
        readers: Readers,
        fold: Fold,
        book: Book,
    ) -> None:
        self._clock: Clock = clock
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._group: Group = group
        self._copies: Copies = copies
        self._saying: Lane = Lane(clock, SAYING)
        self._others: Others = Others(clock)
        self._intake: Intake = Intake(clock, crypto, session.room_id, group, log, self._others, copies)
        self.fold: Fold = fold
        self.log: Log = log
        self.readers: Readers = readers
        self.decisions: BookSync = BookSync(clock, crypto, session.room_id, group, book, self._others, copies)
        self.handover: Handover = Handover(clock, group, log, readers, copies)
        self.fetches: Fetches = Fetches(clock, self.log, copies, self._others, self.handover)
        self.sync: Sync = Sync(clock, crypto.digest, self.log, copies, self._others, self.fetches, session.sid)
        self.handover.plan = self.sync.plan
        # One function: in JavaScript each `self._grown` is another.
        self._heard: Callable[[list[Entry]], None] = self._grown
        self.log.listeners.append(self._heard)

    def adopted(self, name: str, members: list[PeerSession]) -> None:
        """I hold that epoch from now on: whom it names may be told of the log."""
        self.readers.adopted(name, members)
        self.sync.plan(0)

    def close(self) -> None:
        self.sync.close()
        self.log.listeners = [listener for listener in self.log.listeners if listener != self._heard]

    def look(self) -> None:
        """What was ahead of its time may count by now."""
        placed = self.log.close_gaps()
        self._end_forks()
        self._show(placed)

    # What comes in.

    async def take(self, opened: OpenedFrame) -> None:
        """Events that a neighbour hands over, whoever said them."""
        is_news = opened.frame_type == TYPE_NEWS
        intake, sid = self._intake, opened.sid
        events = [event for event in opened.events if intake.welcomes(event, sid, is_news)]
        if not is_news and len(opened.events) > 0:
            self.fetches.arrived(opened.events[-1].author, opened.events[-1].seq)
        placed: list[Entry] = []
        for entry in await intake.check(events, sid):
            self.decisions.take(entry)
            if self.log.find(entry.id) is entry:  # its body came
                self.fold.refresh(entry)
                self._copies.said([entry])
            else:
                placed.extend(self._place(entry, sid))
                if not self.log.has(entry.id):
                    self._let_go(entry)
        self._show([entry for entry in placed if self.log.has(entry.id)])
        if not is_news and len(events) > 0:
            self.fetches.answered(events[-1].author)
        await self.decisions.conclude()

    async def note(self, sid: str, note: Note) -> None:
        if isinstance(note, Beat):
            self.sync.beat(sid, note)
        elif isinstance(note, Heads):
            self.fetches.heads(sid, note.heads)
        elif isinstance(note, Fetch):
            self.fetches.serve(sid, note)
        elif isinstance(note, Lack):
            self.fetches.lack(sid, note)
        elif isinstance(note, Ask):
            self.decisions.show(sid, note.book_hash)
        elif isinstance(note, BookPart):
            await self.decisions.hear(sid, note)
        else:
            stories = await self._intake.stories(sid, note.events)
            if len(stories) > 0:
                self._let_go(stories[0])
                self._fork(stories[0], stories[1])

    # What I say.

    async def say(self, kind: int, bodies: list[bytes]) -> None:
        """Events of mine, in one frame to everybody who shares my epoch; one call after the other."""
        done = self._clock.deferred()
        if not self._saying.add(lambda: settle(done, lambda: self._say(kind, bodies))):
            raise OrderError("message.many", "Too much at once. Try again in a moment.")
        await done.wait()

    async def _say(self, kind: int, bodies: list[bytes]) -> None:
        entries: list[Entry] = []
        for body in bodies:
            entry = await written(
                self._clock, self._crypto, self._session, self.log, self._group.kid, kind, body
            )
            self.decisions.take(entry)
            entries.extend(self.log.place(entry, True))
        self._group.wrote(len(entries))
        self.readers.note(entries)  # before anybody can ask for them
        my_sid = self._session.sid
        await self.handover.news([sid for sid in self._group.roster if sid != my_sid], entries)
        self._show(entries)  # which takes longer than sealing does: the others need not wait for it
        await self.decisions.conclude()

    # Inside.

    def _place(self, entry: Entry, via_sid: str) -> list[Entry]:
        author = entry.event.author
        was_empty = self.log.chain(author).last == 0
        try:
            placed = self.log.place(entry)
        except Forked as fork:
            self._fork(fork.known, entry)
            return []
        except CwError as error:
            self._group.count_drop(error.reason)
            return []
        self._end_forks()
        if len(placed) == 0:
            self.fetches.gap(author, entry.event.seq, via_sid)
        elif was_empty:
            self.fetches.began(author, via_sid)
        return placed

    def _end_forks(self) -> None:
        for known, other in self.log.forks:
            self._fork(known, other)
        self.log.forks = []

    def _show(self, entries: list[Entry]) -> None:
        if len(entries) > 0:
            self.readers.note(entries)
            self.fold.add(entries, self._clock.steady_ms())
            self._copies.said(entries)
            for listener in list(self.log.listeners):
                listener(entries)

    def _grown(self, entries: list[Entry]) -> None:
        """By me, or by another session of mine that has the same log."""
        self.fetches.bodies.grew(entries)
        self.sync.changed([entry.event.author for entry in entries])
        for entry in entries:
            self._let_go(entry)

    def _let_go(self, entry: Entry) -> None:
        """Goodbye counts by itself, whatever of its author's log is missing: who waited would part from who did not."""
        if entry.event.kind == LEAVE:
            event = entry.event.bare()
            self._group.prove(event.author, write_fork(event, event))
            self._copies.left(entry.author)

    def _fork(self, one: Entry, other: Entry) -> None:
        """Both are signed: their author's log ends before them, on every screen, and its session is over."""
        author = one.author
        seq = contradicts(one, other)
        end_seq = self.log.chain(author.sid).end_seq
        if seq == 0 or (0 < end_seq <= seq):
            return
        proof = write_fork(one.event.bare(), other.event.bare())
        self.log.proofs[author.sid] = proof
        self._group.prove(author.sid, proof)
        self.fold.remove(self.log.cut(author.sid, seq))
        self._show(self.log.close_gaps())
        self.sync.changed([author.sid])
        for sid in self._copies.reached():
            self._copies.send_note(sid, proof)
        if end_seq == 0:
            self._copies.forked(author)
