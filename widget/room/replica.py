"""My copy of what is said in the room: takes what others hand over, adds what I say, and keeps equal with theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.crypto.event import body_hash, check_body, check_event, event_id, sign_event
from widget.crypto.group import Group
from widget.crypto.opened import OpenedFrame
from widget.crypto.reasons import EVENT_AUTHOR, EVENT_BODY, EVENT_BUDGET, EVENT_ROOM, EVENT_SIGNATURE
from widget.crypto.session import PeerSession, Session
from widget.errors import ChatError, CwError, OrderError
from widget.ports import Clock, Crypto, Deferred
from widget.room.book import Book
from widget.room.book_sync import BookSync, Readership
from widget.room.chain import Forked, contradicts
from widget.room.entry import Entry
from widget.room.fetches import Fetches
from widget.room.fold import Fold
from widget.room.kinds.decision import DECISION
from widget.room.kinds.leave import LEAVE
from widget.room.limits import (
    BAD_REST_MS,
    BAD_SIGNATURES,
    CLOCK_FLAG_MS,
    FETCH_MS,
)
from widget.room.log import Log
from widget.room.other import Others
from widget.room.readers import Readers
from widget.room.sync import Sync
from widget.room.ways import Ways
from widget.transport.waiting import Lane, settle, start
from widget.wire.event import Event, size_of
from widget.wire.frame import CONTENT_BYTES, TYPE_ANSWER, TYPE_NEWS
from widget.wire.notes import Ask, Beat, BookPart, Fetch, Heads, Lack, Note, write_fork

SAYING: int = 256


class Copies(Ways, Readership, Protocol):
    """Also who takes what is new."""

    def send(self, sid: str, packet: bytes) -> bool: ...
    def ask_who(self, via_sid: str, sid: str) -> None:
        """Ask `via_sid` for the credential of `sid`, whom I never met."""
        ...

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
        self.fold: Fold = fold
        self.log: Log = log
        self.readers: Readers = readers
        self.decisions: BookSync = BookSync(clock, crypto, session.room_id, group, book, self._others, copies)
        self.fetches: Fetches = Fetches(clock, self.log, copies, self._others, self)
        self.sync: Sync = Sync(clock, crypto.digest, self.log, copies, self._others, self.fetches, session.sid)
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

    # What comes in.

    async def take(self, opened: OpenedFrame) -> None:
        """Events that a neighbour hands over, whoever said them."""
        is_news = opened.frame_type == TYPE_NEWS
        checks = [self._check(event, opened.sid) for event in opened.events if self._welcomes(event, opened, is_news)]
        if not is_news and len(opened.events) > 0:
            self.fetches.arrived(opened.events[-1].author, opened.events[-1].seq)
        placed: list[Entry] = []
        for check in checks:
            entry: Entry | None = await check.wait()
            if entry is not None:
                self.decisions.take(entry)
                placed.extend(self._place(entry, opened.sid))
        self._show([entry for entry in placed if self.log.has(entry.id)])
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
            await self._hear_proof(sid, note.events)

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
            entry = await self._write(kind, body)
            self.decisions.take(entry)
            entries.extend(self.log.place(entry))
        self._group.wrote(len(entries))
        self._show(entries)
        await self._send(entries)
        await self.decisions.conclude()

    async def _write(self, kind: int, body: bytes) -> Entry:
        session = self._session
        mine = self.log.chain(session.sid)
        unsigned = Event(
            room_id=session.room_id,
            author=session.sid,
            seq=mine.last + 1,
            prev=mine.last_id,
            kid=self._group.epoch_name,
            clock=self.log.clock + 1,
            at_ms=self._clock.now_ms(),
            kind=kind,
            body_hash=await body_hash(self._crypto, body),
            body=body,
        )
        event = await sign_event(self._crypto, session, unsigned)
        return Entry(event, await event_id(self._crypto, event), session.me, self._clock.steady_ms(), False)

    async def _send(self, entries: list[Entry]) -> None:
        """Nothing is sealed for nobody: who comes later fetches what is for them."""
        others = [sid for sid in self._group.roster if sid != self._session.sid]
        if len(others) == 0:
            return
        try:
            packet = await self._group.seal(TYPE_NEWS, [entry.event for entry in entries])
        except ChatError:
            return  # it is in my log: whoever lacks it fetches it
        for sid in others:
            self._copies.send(sid, packet)

    # What the exchange asks.

    def asked(self, sid: str, events: int) -> None:
        self._group.ask(sid, events)
        self.sync.plan(FETCH_MS)

    def may_read(self, sid: str, entry: Entry) -> bool:
        reader = self._group.member(sid)
        return reader is not None and (entry.event.kind == DECISION or self.readers.may(reader, entry))

    def answer(self, sid: str, entries: list[Entry]) -> None:
        self._clock.spawn(self._answer(sid, entries))

    def send_fork(self, sid: str, author: str) -> None:
        proof = self.log.proofs.get(author)
        if proof is not None:
            self._copies.send_note(sid, proof)

    # Inside.

    def _welcomes(self, event: Event, opened: OpenedFrame, is_news: bool) -> bool:
        """Cheap checks first: room, and what the neighbour may still bring."""
        told = self._others.of(opened.sid)
        if event.room_id != self._session.room_id:
            self._group.count_drop(EVENT_ROOM)
        elif told.rests_until_ms > self._clock.steady_ms() or (is_news and not told.news.take(1)):
            self._group.count_drop(EVENT_BUDGET)
        else:
            return True
        return False

    def _check(self, event: Event, via_sid: str) -> Deferred:
        """Side by side: signatures take most of the time that taking events takes."""
        return start(self._clock, lambda: self._verify(event, via_sid))

    async def _verify(self, event: Event, via_sid: str) -> Entry | None:
        """What an event proves; None for one that is known, or is refused and counted."""
        try:
            known_as = await event_id(self._crypto, event)
            known = self.log.find(known_as)
            if known is not None:
                await self._take_body(known, event)
                return None
            author = self._group.member(event.author)
            if author is None:
                self._copies.ask_who(via_sid, event.author)
                raise CwError(EVENT_AUTHOR, "an event of somebody I never met")
            await check_event(self._crypto, event, author)
            is_odd = abs(event.at_ms - self._clock.now_ms()) > CLOCK_FLAG_MS
            return Entry(event, known_as, author, self._clock.steady_ms(), is_odd)
        except CwError as error:
            self._refuse(error.reason, via_sid)
            return None

    async def _take_body(self, known: Entry, event: Event) -> None:
        """Somebody may have handed on an event without the body that comes now."""
        if known.event.body is None and event.body is not None:
            await check_body(self._crypto, event)
            known.event.body = event.body
            self.decisions.take(known)
            self.fold.refresh(known)
            self._copies.said([known])

    def _refuse(self, reason: int, via_sid: str) -> None:
        self._group.count_drop(reason)
        told = self._others.of(via_sid)
        if reason in (EVENT_SIGNATURE, EVENT_BODY):
            told.bad += 1
            if told.bad >= BAD_SIGNATURES:
                told.bad = 0
                told.rests_until_ms = self._clock.steady_ms() + BAD_REST_MS

    def _place(self, entry: Entry, via_sid: str) -> list[Entry]:
        author = entry.event.author
        was_empty = self.log.chain(author).last == 0
        try:
            placed = self.log.place(entry)
        except Forked as fork:
            self._fork(fork.known.author, fork.known.event, fork.known.id, entry.event, entry.id)
            return []
        except CwError as error:
            self._group.count_drop(error.reason)
            return []
        for known, other in self.log.forks:
            self._fork(known.author, known.event, known.id, other.event, other.id)
        self.log.forks = []
        if len(placed) == 0:
            self.fetches.gap(author, entry.event.seq, via_sid)
        elif was_empty:
            self.fetches.began(author, via_sid)
        return placed

    def _show(self, entries: list[Entry]) -> None:
        if len(entries) > 0:
            self.readers.note(entries)
            self.fold.add(entries, self._clock.steady_ms())
            self._copies.said(entries)
            for listener in list(self.log.listeners):
                listener(entries)

    def _grown(self, entries: list[Entry]) -> None:
        """By me, or by another session of mine that has the same log."""
        self.sync.changed([entry.event.author for entry in entries])
        for entry in entries:
            if entry.event.kind == LEAVE:
                self._copies.left(entry.author)

    async def _hear_proof(self, via_sid: str, events: list[Event]) -> None:
        """Somebody says that an author told two stories: believed when both are signed and contradict each other."""
        author = self._group.member(events[0].author)
        if author is None or not self._others.of(via_sid).news.take(2):
            return
        try:
            ids = [await event_id(self._crypto, event) for event in events]
            for event in events:
                await check_event(self._crypto, event, author)
            self._fork(author, events[0], ids[0], events[1], ids[1])
        except CwError as error:
            self._refuse(error.reason, via_sid)

    def _fork(self, author: PeerSession, one: Event, one_id: str, other: Event, other_id: str) -> None:
        """Both are signed: their author's log ends before them, on every screen, and its session is over."""
        seq = contradicts(one, one_id, other, other_id)
        end_seq = self.log.chain(author.sid).end_seq
        if seq == 0 or (0 < end_seq <= seq):
            return
        proof = write_fork(one.bare(), other.bare())
        self.log.proofs[author.sid] = proof
        self.fold.remove(self.log.cut(author.sid, seq))
        self._show(self.log.close_gaps())
        self.sync.changed([author.sid])
        for sid in self._copies.reached():
            self._copies.send_note(sid, proof)
        if end_seq == 0:
            self._copies.forked(author)

    async def _answer(self, sid: str, entries: list[Entry]) -> None:
        """As many frames as it takes. What `sid` may not read goes without its body, so that the chain holds."""
        batch: list[Event] = []
        size = 1
        for entry in entries:
            event = entry.event if self.may_read(sid, entry) else entry.event.bare()
            if size + size_of(event) > CONTENT_BYTES:
                self._copies.send(sid, await self._group.seal(TYPE_ANSWER, batch))
                batch = []
                size = 1
            batch.append(event)
            size += size_of(event)
        self._copies.send(sid, await self._group.seal(TYPE_ANSWER, batch))
