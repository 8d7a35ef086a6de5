"""One author's log, as far as I hold it."""

from __future__ import annotations

from typing import Protocol

from widget.crypto.reasons import EVENT_AHEAD, EVENT_FORK
from widget.errors import CwError
from widget.room.entry import Entry
from widget.room.limits import EVENTS_IN_EPOCH, EVENTS_WAITING
from widget.wire.event import Event

NO_EVENT = "00000000000000000000000000000000"


class Forked(CwError):
    """A signed event that contradicts `known`, which I hold and the same author signed."""

    def __init__(self, known: Entry) -> None:
        super().__init__(EVENT_FORK, "its author told two stories")
        self.known: Entry = known


class Chain:
    """Without a gap from the first entry to the last; beside it those that wait for one to close.

    It may begin anywhere: what was said before I came is not always for me.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.waiting: dict[int, Entry] = {}
        self.end_seq: int = 0  # a fork was proved there: nothing from it on counts; 0 for none

    @property
    def first(self) -> int:
        """The number of the first entry; 0 when there is none."""
        return 0 if len(self.entries) == 0 else self.entries[0].event.seq

    @property
    def last(self) -> int:
        return 0 if len(self.entries) == 0 else self.entries[-1].event.seq

    @property
    def last_id(self) -> str:
        return NO_EVENT if len(self.entries) == 0 else self.entries[-1].id

    def find(self, seq: int) -> Entry | None:
        """The entry of that number, also one that waits."""
        index = seq - self.first
        if 0 <= index < len(self.entries):
            return self.entries[index]
        return self.waiting.get(seq)

    def wait(self, entry: Entry) -> None:
        if len(self.waiting) >= EVENTS_WAITING:
            raise CwError(EVENT_AHEAD, "too many events wait for those before them")
        self.waiting[entry.event.seq] = entry

    def link(self, entry: Entry) -> bool:
        """Put it after the last or before the first; False when it is not adjacent. Forked when it does not fit."""
        event = entry.event
        if len(self.entries) == 0:
            self.entries = [entry]
        elif event.seq == self.last + 1:
            self._check(entry, self.entries[-1], event.seq - EVENTS_IN_EPOCH)
            self.entries.append(entry)
        elif event.seq == self.first - 1:
            self._check(entry, self.entries[0], event.seq + EVENTS_IN_EPOCH)
            self.entries.insert(0, entry)
        else:
            return False
        return True

    def next(self, clock: int) -> Entry | None:
        """One that waits no more: adjacent, or any where there is none yet, and not above `clock`."""
        wanted = [self.first - 1, self.last + 1] if len(self.entries) > 0 else sorted(self.waiting)
        for seq in wanted:
            entry = self.waiting.get(seq)
            if entry is not None and entry.event.clock <= clock:
                del self.waiting[seq]
                return entry
        return None

    def cut(self, seq: int) -> list[Entry]:
        """A fork at `seq` is proved: what is gone by it."""
        if self.end_seq > 0 and self.end_seq <= seq:
            return []
        self.end_seq = seq
        self.waiting = {number: entry for number, entry in self.waiting.items() if number < seq}
        kept = [entry for entry in self.entries if entry.event.seq < seq]
        gone = self.entries[len(kept) :]
        self.entries = kept
        return gone

    def _check(self, entry: Entry, beside: Entry, far_seq: int) -> None:
        """Against its neighbour, and against the one with which it would be too many in one epoch."""
        far = self.find(far_seq)
        for known in (beside, entry if far is None else far):
            if contradicts(entry, known) > 0:
                raise Forked(known)


class Story(Protocol):
    """An event and its name."""

    event: Event
    id: str


def contradicts(told: Story, later: Story) -> int:
    """The number before which the log ends of an author who signed both; 0 where that is no lie.

    Two events with one number; one that does not follow the one before it; more in one epoch than there may be.
    """
    one, other = told.event, later.event
    if one.seq > other.seq:
        return contradicts(later, told)
    if one.seq == other.seq:
        return 0 if told.id == later.id else one.seq
    if one.seq + 1 == other.seq and (other.prev != told.id or other.clock <= one.clock):
        return one.seq
    return other.seq if other.seq - one.seq >= EVENTS_IN_EPOCH and one.kid == other.kid else 0
