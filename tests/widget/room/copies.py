"""Members of a room whose copies of its log are real; keys and connections are not: a note is handed over in 10 ms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.fakes.clock import HandClock
from tests.widget.room.invented import Author, again, bare, held
from widget.errors import CwError
from widget.native.crypto import NativeDigest
from widget.room.chain import Forked, contradicts
from widget.room.entry import Entry
from widget.room.fetches import Fetches
from widget.room.limits import FETCH_MS
from widget.room.log import Log
from widget.room.other import Others
from widget.room.sync import Sync
from widget.wire.notes import Beat, Fetch, Heads, Lack, Note, read_note

WAY_MS = 10


class Copy:
    """One member with its own log and exchange.

    `hidden` holds the ids that it shows to nobody, `bare` those that it hands over without their body.
    """

    def __init__(self, net: Net, author: Author, log: Log | None = None) -> None:
        self.net = net
        self.author = author
        self.clock = net.clock
        self.log = Log(lambda: 0) if log is None else log
        self.others = Others(self.clock)
        self.fetches = Fetches(self.clock, self.log, self, self.others, self)
        self.sync = Sync(self.clock, NativeDigest(), self.log, self, self.others, self.fetches, author.sid)
        self.proofs: dict[str, list[Entry]] = {}
        self.hidden: set[str] = set()
        self.bare: set[str] = set()
        self.told_more = 0  # how often somebody told that it has more of mine

    @property
    def sid(self) -> str:
        return self.author.sid

    def say(self, count: int = 1) -> list[Entry]:
        """The next of my log, to everybody who is reached."""
        said = [self.author.say(clock=self.log.clock + 1 + number) for number in range(count)]
        self.take(said, self.sid)
        for sid in self.reached():
            self.answer(sid, said)
        return said

    def bodiless(self) -> list[int]:
        """The numbers of what it holds without a body, of whoever it is."""
        return [entry.event.seq for entry in self.log.entries() if entry.event.body is None]

    def take(self, entries: list[Entry], via_sid: str) -> None:
        """As a replica does once the signatures were checked."""
        for entry in entries:
            known = self.log.find(entry.id)
            if known is not None and known.event.body is None and entry.event.body is not None:
                known.event.body = entry.event.body
            author = entry.event.author
            was_empty = self.log.chain(author).last == 0
            try:
                placed = self.log.place(entry)
            except Forked as fork:
                self.fork(fork.known, entry)
                continue
            except CwError:
                continue
            if len(placed) > 0:
                if was_empty:
                    self.fetches.began(author, via_sid)
                self.fetches.bodies.grew(placed)
                self.sync.changed([one.event.author for one in placed])
            elif not self.log.has(entry.id):
                self.fetches.gap(author, entry.event.seq, via_sid)
        self.fetches.answered(entries[-1].event.author)

    def fork(self, one: Entry, other: Entry) -> None:
        seq = contradicts(one, other)
        end_seq = self.log.chain(one.event.author).end_seq
        if seq > 0 and (end_seq == 0 or seq < end_seq):
            self.log.cut(one.event.author, seq)
            self.proofs[one.event.author] = [one, other]
            self.sync.changed([one.event.author])

    def hear_proof(self, one: Entry, other: Entry) -> None:
        self.fork(one, other)

    def note(self, sid: str, note: Note) -> None:
        if isinstance(note, Beat):
            self.sync.beat(sid, note)
        elif isinstance(note, Heads):
            self.fetches.heads(sid, note.heads)
        elif isinstance(note, Fetch):
            self.fetches.serve(sid, note)
        elif isinstance(note, Lack):
            self.fetches.lack(sid, note)

    # What the exchange asks.

    def reached(self) -> list[str]:
        return [sid for sid in self.net.copies if sid != self.sid and (self.sid, sid) not in self.net.apart]

    def send_note(self, sid: str, blob: bytes) -> None:
        self.net.send(self.sid, sid, read_note(blob))

    def held(self) -> None:
        self.told_more += 1

    def asked(self, sid: str, events: int) -> None:
        self.sync.plan(FETCH_MS)

    def may_read(self, sid: str, entry: Entry) -> bool:
        return entry.id not in self.hidden

    def answer(self, sid: str, entries: list[Entry]) -> None:
        self.net.hand_over(self.sid, sid, [bare(entry) if entry.id in self.bare else entry for entry in entries])

    def send_fork(self, sid: str, author: str) -> None:
        one, other = self.proofs[author]
        self.net.clock.after(WAY_MS, lambda: self.net.copies[sid].hear_proof(one, other))


class Net:
    """`apart` holds pairs without a way (what is under way between them is lost too), `lost` says what goes under.

    All that was sent is remembered.
    """

    def __init__(self, count: int) -> None:
        self.clock = HandClock()
        self.copies: dict[str, Copy] = {}
        self.apart: set[tuple[str, str]] = set()
        self.notes: list[tuple[str, str, Note]] = []
        self.entries: list[tuple[str, str, list[Entry]]] = []
        self.lost: Callable[[str, str, Note | list[Entry]], bool] = lambda sender, receiver, what: False
        for number in range(count):
            self.join(Author(f"member {number}", sid=f"{number + 1:x}" * 32))

    def join(self, author: Author) -> Copy:
        copy = Copy(self, author)
        self.copies[copy.sid] = copy
        for other in self.copies.values():
            if other is not copy:
                other.sync.met(copy.sid)
                copy.sync.met(other.sid)
        return copy

    def part(self, one: Copy, other: Copy) -> None:
        self.apart |= {(one.sid, other.sid), (other.sid, one.sid)}

    def meet(self, one: Copy, other: Copy) -> None:
        self.apart -= {(one.sid, other.sid), (other.sid, one.sid)}
        one.sync.met(other.sid)
        other.sync.met(one.sid)

    def send(self, sender: str, receiver: str, note: Note) -> None:
        self.notes.append((sender, receiver, note))
        self._carry(sender, receiver, note, lambda: self.copies[receiver].note(sender, note))

    def hand_over(self, sender: str, receiver: str, entries: list[Entry]) -> None:
        self.entries.append((sender, receiver, entries))
        mine = [again(entry) for entry in entries]
        self._carry(sender, receiver, entries, lambda: self.copies[receiver].take(mine, sender))

    def _carry(self, sender: str, receiver: str, what: Note | list[Entry], arrive: Callable[[], None]) -> None:
        def arrived() -> None:
            if (sender, receiver) not in self.apart:
                arrive()

        if not self.lost(sender, receiver, what):
            self.clock.after(WAY_MS, arrived)

    async def rest(self, ms: int = 20_000) -> None:
        """Time passes; then nothing is lacking anywhere and nobody raised anything."""
        await self.clock.advance(ms)
        assert self.clock.errors == []

    def forget(self) -> None:
        """Look only at what is sent from now on."""
        self.notes.clear()
        self.entries.clear()

    def fetched(self) -> list[tuple[str, str, Fetch]]:
        return [(sender, receiver, note) for sender, receiver, note in self.notes if isinstance(note, Fetch)]

    def agreed(self) -> bool:
        """Everybody holds the same, without a gap."""
        logs = [held(copy.log) for copy in self.copies.values()]
        return all(log == logs[0] for log in logs)

    def timers(self) -> int:
        """How many are still to fire."""
        return len([number for _, number, _ in self.clock._timers if number not in self.clock._cancelled])

    async def close(self) -> None:
        for copy in self.copies.values():
            copy.sync.close()
        await self.clock.close()


Room = Callable[[int], Awaitable[tuple[Net, list[Copy]]]]


def drop_events(net: Net, *receivers: Copy) -> None:
    """What is said does not arrive there."""
    sids = [copy.sid for copy in receivers]
    net.lost = lambda sender, receiver, what: isinstance(what, list) and receiver in sids


def drop_nothing(net: Net) -> None:
    net.lost = lambda sender, receiver, what: False
