"""Everything that was said in the room, as far as I hold it: a chain for each session that spoke."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from widget.crypto.reasons import EVENT_ENDED, EVENT_OLD
from widget.errors import CwError
from widget.room.chain import Chain, Forked
from widget.room.entry import Entry
from widget.room.limits import CLOCK_STEP, EVENTS_KEPT
from widget.wire.notes import Head

FORKED: int = 2147483648  # added to the number of a head whose log a fork has ended


class Log:
    """Takes verified entries in any order; `clock` is the highest of those that count.

    `age_ms` is the room's, by the service's time.
    """

    def __init__(self, age_ms: Callable[[], int]) -> None:
        self._age_ms: Callable[[], int] = age_ms
        self.clock: int = 0
        self.chains: dict[str, Chain] = {}
        self.listeners: list[Callable[[list[Entry]], None]] = []  # hear what counts from now on
        self.forks: list[tuple[Entry, Entry]] = []  # contradictions that showed when gaps closed
        self.proofs: dict[str, bytes] = {}  # the FORK notes against those whose logs have ended
        self.version: int = 0  # changes with what counts
        self._ids: dict[str, Entry] = {}

    def has(self, event_id: str) -> bool:
        return event_id in self._ids

    def find(self, event_id: str) -> Entry | None:
        return self._ids.get(event_id)

    def found(self, ids: Iterable[str]) -> list[Entry]:
        """Those of them that are here."""
        entries = [self.find(event_id) for event_id in ids]
        return [entry for entry in entries if entry is not None]

    def entries(self) -> list[Entry]:
        """All that count, one chain after the other."""
        return [entry for chain in self.chains.values() for entry in chain.entries]

    def count(self) -> int:
        return len(self._ids)

    def chain(self, author: str) -> Chain:
        """An empty one for who has said nothing yet."""
        found = self.chains.get(author)
        return Chain() if found is None else found

    def next_clock(self) -> int:
        """Of what I say next: above all that I hold, and what others said before I came."""
        return max(self.clock + 1, self._age_ms())

    def place(self, entry: Entry, is_ours: bool = False) -> list[Entry]:
        """The entries that count from now on by it: none while it waits, several where it closes a gap.

        What is ours, as I said it or have kept it, waits for no time.
        CwError for one that can never count, Forked for the proof that its author told two stories.
        """
        event = entry.event
        chain = self.chain(event.author)
        if chain.end_seq > 0 and event.seq >= chain.end_seq:
            raise CwError(EVENT_ENDED, "an event after its author's log has ended")
        known = chain.find(event.seq)
        if known is not None:
            if known.id != entry.id:
                raise Forked(known)
            return []
        if event.seq < chain.first and self.count() >= EVENTS_KEPT:
            raise CwError(EVENT_OLD, "an event from before all that is kept")
        is_near = (is_ours or event.clock <= self._limit()) and chain.link(entry)
        if not is_near:
            chain.wait(entry)
        self.chains[event.author] = chain
        if not is_near:
            return []
        self._count(entry)
        return [entry, *self.close_gaps()]

    def cut(self, author: str, seq: int) -> list[Entry]:
        """That author's log ends before `seq`, for good; what is gone by it."""
        chain = self.chain(author)
        self.chains[author] = chain
        gone = chain.cut(seq)
        self.version += 1
        for entry in gone:
            del self._ids[entry.id]
        # What a liar leaped is forgotten with it, or who heard another story first would wait for the others' lines.
        self.clock = 0
        for one in self.chains.values():
            if len(one.entries) > 0:
                self.clock = max(self.clock, one.entries[-1].event.clock)
        return gone

    def heads(self, digit: str) -> list[Head]:
        """The ends of the logs whose authors begin with that hex digit, in order of author."""
        found: list[Head] = []
        for author in sorted(self.chains):
            chain = self.chains[author]
            if author[0] == digit and (len(chain.entries) > 0 or chain.end_seq > 0):
                # What is proved to be a fork has to show, or who does not know it yet would never ask.
                last = chain.last + (FORKED if chain.end_seq > 0 else 0)
                found.append(Head(author, chain.first, last, chain.last_id))
        return found

    def close_gaps(self) -> list[Entry]:
        """Those that waited, for an event before them or for their time: until nothing more fits."""
        linked: list[Entry] = []
        found = True
        limit = self._limit()
        while found:
            found = False
            for chain in self.chains.values():
                entry = chain.next(limit) if len(chain.waiting) > 0 else None
                if entry is not None:
                    found = True
                    try:
                        chain.link(entry)
                        self._count(entry)
                        linked.append(entry)
                    except Forked as fork:
                        self.forks.append((fork.known, entry))
        return linked

    def _limit(self) -> int:
        return self._age_ms() + CLOCK_STEP

    def _count(self, entry: Entry) -> None:
        self.version += 1
        self._ids[entry.id] = entry
        self.clock = max(self.clock, entry.event.clock)
        if len(self._ids) > EVENTS_KEPT:
            self._prune()

    def _prune(self) -> None:
        """Forget the oldest entry that begins a chain and does not end it: the tips are what members compare."""
        oldest: Chain | None = None
        for chain in self.chains.values():
            if len(chain.entries) > 1 and (oldest is None or chain.entries[0].place < oldest.entries[0].place):
                oldest = chain
        if oldest is not None:
            del self._ids[oldest.entries[0].id]
            oldest.entries = oldest.entries[1:]

