"""Fetches what my copy lacks from members who have it, and serves what others ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.crypto.limits import MAX_SESSIONS
from widget.ports import Clock
from widget.room.bodies import NOTHING, Bodies
from widget.room.chain import Chain
from widget.room.entry import Entry
from widget.room.limits import ASKS, EVENTS_KEPT, FETCH_EVENTS, FETCH_LONG_MS, FETCH_MS, GAP_MS, NEVER_MS, UNREAD_MS
from widget.room.log import FORKED, Log
from widget.room.other import Other, Others
from widget.room.ways import Ways
from widget.wire.notes import Fetch, Head, Lack, write_fetch, write_heads, write_lack


class Source(Protocol):
    """My copy."""

    def asked(self, sid: str, events: int) -> None:
        """So many answers of `sid` are welcome, by when it should have answered."""
        ...

    def may_read(self, sid: str, entry: Entry) -> bool:
        """By the room's history policy."""
        ...

    def answer(self, sid: str, entries: list[Entry]) -> None:
        """Hand over what `sid` has asked for."""
        ...

    def send_fork(self, sid: str, author: str) -> None:
        """The proof against `author`, to who does not know it."""
        ...


class Ask:
    """Events of one author that `sid` was asked for; `for_bodies` when I hold them bare."""

    def __init__(self, author: str, first: int, last: int, sid: str, since_ms: int, for_bodies: bool) -> None:
        self.author: str = author
        self.first: int = first
        self.last: int = last
        self.sid: str = sid
        self.for_bodies: bool = for_bodies
        self.since_ms: int = since_ms
        self.last_ms: int = since_ms + FETCH_LONG_MS


class Fetches:
    """Two questions for each log at a time, both to somebody who has it, in small steps.

    `has` tells whether that member has that event.
    """

    def __init__(self, clock: Clock, log: Log, ways: Ways, others: Others, source: Source) -> None:
        self._clock: Clock = clock
        self._log: Log = log
        self._ways: Ways = ways
        self._source: Source = source
        self._others: Others = others
        self._asks: dict[str, Ask] = {}
        self.bodies: Bodies = Bodies(log, others)
        self.has: Callable[[str, str, int], bool] = lambda sid, author, seq: False

    def heads(self, sid: str, heads: list[Head]) -> None:
        """`sid` tells which logs it holds."""
        other = self._others.of(sid)
        for head in heads:
            chain = self._log.chain(head.author)
            is_forked = head.seq >= FORKED
            last = head.seq - (FORKED if is_forked else 0)
            if chain.end_seq > 0 and (not is_forked or last >= chain.end_seq):
                self._source.send_fork(sid, head.author)
            elif head.author in other.heads or len(other.heads) < MAX_SESSIONS:
                other.firsts[head.author] = head.first
                other.heads[head.author] = last
                mine = chain.find(last)
                if mine is not None and mine.id != head.id:
                    self._ask(head.author, last, last, sid, False)  # one of us was told another story
                self.fetch(head.author)
                if is_forked and chain.last + chain.end_seq == 0:
                    # My heads do not name it: who hears that I hold nothing of it sends the proof.
                    self._ways.send_note(sid, write_heads([Head(head.author, 0, 0, head.id)]))

    def gap(self, author: str, seq: int, via_sid: str) -> None:
        """Something is missing before the event that `via_sid` brought; it may be on its way."""
        heads = self._others.of(via_sid).heads
        heads[author] = max(heads.get(author, 0), seq)
        self._clock.after(GAP_MS, lambda: self.fetch(author))

    def began(self, author: str, via_sid: str) -> None:
        """A log begins in its middle: its author holds what is before, and so may who brought it."""
        for sid in (author, via_sid):
            self._others.of(sid).firsts[author] = 1
        self.fetch(author)

    def level(self, sid: str) -> None:
        """`sid` holds the ends of all logs that I hold, and may hold what comes before mine: its heads, which would
        tell, may have been lost, and equal digests ask for no others."""
        firsts = self._others.of(sid).firsts
        for author in list(self._log.chains):
            firsts[author] = firsts.get(author, 1)
            self.fetch(author)

    def fetch(self, author: str) -> None:
        """Ask for what follows all I hold of that log, else for what comes before it, of somebody who has that."""
        ask = self._asks.get(author)
        if (ask is not None and not ask.for_bodies) or len(self._asks) >= ASKS:
            return
        sids = self._sources()
        for sid in sids:
            first, last = self._following(author, self._others.of(sid))
            if last >= first:
                self._ask(author, first, last, sid, False)
                self._ask_ahead(author, first - 1)
                return
        for sid in sids:
            first, last = self._preceding(author, self._others.of(sid))
            if last >= first:
                self._ask(author, first, last, sid, False)
                return

    def _fetch_bodies(self, author: str) -> None:
        """Where nothing else is asked for."""
        if author in self._asks or len(self._asks) >= ASKS:
            return
        for sid in self._sources():
            first, last = self.bodies.wanted(author, sid)
            if last >= first and self.has(sid, author, last):
                self._others.of(sid).bodies[author] = last
                self._ask(author, first, last, sid, True)
                return

    def _sources(self) -> list[str]:
        """Whom to ask: who was late least first."""
        return sorted(self._ways.reached(), key=lambda sid: self._others.of(sid).late)

    def _following(self, author: str, other: Other) -> tuple[int, int]:
        chain, lacks = self._log.chain(author), other.lacks.get(author, 0)
        first = max(chain.last, lacks if chain.last == 0 else 0) + 1
        last = min(other.heads.get(author, 0), first + FETCH_EVENTS - 1)
        if chain.end_seq > 0:
            last = min(last, chain.end_seq - 1)
        return (first, last) if first > lacks else NOTHING

    def _preceding(self, author: str, other: Other) -> tuple[int, int]:
        if self._log.count() >= EVENTS_KEPT:
            return NOTHING  # nothing older would be taken
        last = self._log.chain(author).first - 1
        return (max(other.firsts.get(author, last + 1), other.lacks.get(author, 0) + 1, last - FETCH_EVENTS + 1), last)

    def arrived(self, author: str, seq: int) -> None:
        """That event is here and is still to be checked: meanwhile the next ones can be on their way."""
        if self._log.chain(author).last < seq:
            self._ask_ahead(author, seq)

    def went_on(self, author: str) -> None:
        """That log grew or ended: perhaps by what was asked for."""
        ask = self._asks.get(author)
        chain: Chain = self._log.chain(author)
        if ask is None:
            return
        ask.since_ms = min(self._clock.steady_ms(), ask.last_ms)
        if (chain.first <= ask.first and chain.last >= ask.last) or chain.end_seq > 0:
            del self._asks[author]
            self.fetch(author)

    def answered(self, author: str) -> None:
        """Events of that log, as I asked for, are checked: for bodies that were not among them others are asked."""
        ask = self._asks.get(author)
        if ask is not None and ask.for_bodies:
            self._close(ask)

    def unread(self, sid: str) -> None:
        """A frame of `sid` came under an epoch that I lacked. By now we hold one: I ask again for what it owed me."""
        now_ms = self._clock.steady_ms()
        for ask in list(self._asks.values()):
            if ask.sid == sid and now_ms - ask.since_ms >= UNREAD_MS:
                self._others.of(sid).bodies = {}
                self._close(ask)

    def look(self, now_ms: int) -> int:
        """Ask somebody else where no answer came; when to look again."""
        for ask in list(self._asks.values()):
            if now_ms - ask.since_ms >= FETCH_MS:
                other = self._others.of(ask.sid)
                other.heads[ask.author] = 0  # until it tells again what it has
                other.late += 1
                self._close(ask)
        for author in self.bodies.authors:
            self._fetch_bodies(author)
        return now_ms + FETCH_MS if len(self._asks) > 0 else NEVER_MS

    # What members ask.

    def serve(self, sid: str, fetch: Fetch) -> None:
        """What I hold and `sid` may read; and what it cannot have from me."""
        if not self._others.of(sid).fetches.take(1):
            return
        chain = self._log.chain(fetch.author)
        start = max(0, fetch.first - chain.first)
        begin = fetch.last + 1
        served: list[Entry] = []
        for entry in chain.entries[start : start + FETCH_EVENTS]:
            if len(served) > 0 or self._source.may_read(sid, entry):
                served.append(entry)
            begin = served[0].event.seq if len(served) > 0 else entry.event.seq + 1
        if begin > fetch.first:
            self._ways.send_note(sid, write_lack(fetch.author, fetch.first, begin - 1))
        wanted = [entry for entry in served if entry.event.seq <= fetch.last]
        if len(wanted) > 0:
            self._source.answer(sid, wanted)

    def lack(self, sid: str, lack: Lack) -> None:
        """`sid` has nothing of that log up to there for me."""
        lacks = self._others.of(sid).lacks
        ask = self._asks.get(lack.author)
        if ask is None or ask.sid != sid or lack.last < ask.first:
            return
        lacks[lack.author] = max(lack.last, lacks.get(lack.author, 0))
        if lack.last < ask.last:
            ask.first = lack.last + 1  # the rest is on its way
            return
        self._others.of(sid).late += 1  # it told that it had that, and may tell of a thousand million more
        self._close(ask)

    def _ask(self, author: str, first: int, last: int, sid: str, for_bodies: bool) -> None:
        """Bodies can wait."""
        open_now = self._asks.get(author)
        if open_now is None or open_now.for_bodies:
            ask = Ask(author, first, last, sid, self._clock.steady_ms(), for_bodies)
            self._asks[author] = ask
            self._send(ask, first)

    def _close(self, ask: Ask) -> None:
        """It is answered, or will not be: on to the next."""
        del self._asks[ask.author]
        self.fetch(ask.author)
        self._fetch_bodies(ask.author)

    def _ask_ahead(self, author: str, seq: int) -> None:
        """Beyond what is on its way behind that event, so that who is far away need not wait for a word of mine."""
        ask = self._asks.get(author)
        if ask is None or ask.last > seq + FETCH_EVENTS or self._log.chain(author).end_seq > 0:
            return
        first = ask.last + 1
        last = min(self._others.of(ask.sid).heads.get(author, 0), ask.last + FETCH_EVENTS)
        if last >= first:
            ask.first = seq + 1
            ask.last = last
            self._send(ask, first)

    def _send(self, ask: Ask, first: int) -> None:
        self._source.asked(ask.sid, ask.last - first + 1)
        self._ways.send_note(ask.sid, write_fetch(ask.author, first, ask.last))
