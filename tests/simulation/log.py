"""The logs that a session holds, one for each author, and which event may be the next."""

from __future__ import annotations

from tests.simulation.book import NO_CUT, Book
from tests.simulation.breach import Breach
from tests.simulation.chain import Chain
from tests.simulation.clocks import Clocks
from tests.simulation.epoch import Epoch
from tests.simulation.event import CAP, LAST_CLOCK, LEAVE, TEXT, WITHHELD, Body, Event, write
from tests.simulation.gone import Gone
from tests.simulation.packets import AskEpoch, Forked, Want
from tests.simulation.session import Session
from tests.simulation.waiting import Waiting


class Log:
    """`version` changes with everything that is held."""

    def __init__(self, me: Session, chain: Chain, book: Book, gone: Gone) -> None:
        self._me, self._chain, self._book, self._gone = me, chain, book, gone
        self.clocks = Clocks(me)
        self.events: dict[int, list[Event]] = {}
        self.closed: dict[int, int] = {}  # by author: the lowest place of which two events are known
        self.waiting = Waiting()
        self.highest = 0  # clock
        self.version = 0

    @property
    def own(self) -> list[Event]:
        return self.events.get(self._me.sid, [])

    def of(self, author: int) -> list[Event]:
        return self.events.setdefault(author, [])

    def adopt(self, other: Log) -> None:
        self.events = {author: list(events) for author, events in other.events.items()}
        self.closed = dict(other.closed)
        self.highest = other.highest
        self.version += 1

    def say(self, kind: int, body: Body, clock: int = 0, kid: int = 0) -> Event:
        """The next event of this session, not yet in its log."""
        before = self.own[-1] if self.own else None
        return write(self._me.sid, before, clock or self.clocks.next(self.highest), kid or self._kid, kind, body)

    def take(self, event: Event, source: int) -> None:
        if self._is_held(event) or not self._can_count(event):
            return
        epoch = self._chain.known.get(event.kid)
        if epoch is None:
            self.waiting.put(event)
            self._me.ask(source, AskEpoch(event.kid), event.kid)
        elif self._is_of(event, epoch):
            held = self.of(event.author)
            if event.seq <= len(held):
                self._compare(event, held[event.seq - 1])
            elif self._follows(event, held, source):
                self._append(event, held, source)

    def retry(self) -> None:
        """What waits is looked at again; what it lacks is asked of its author."""
        for event in self.waiting.due(self.events):
            self.take(event, event.author)

    def close(self, one: Event, other: Event) -> None:
        """Two events in one place: the log ends before them, on every screen."""
        author = one.author
        if self.closed.get(author, NO_CUT) <= one.seq or not self._me.rules.fork_ends_the_log:
            return
        self.closed[author] = one.seq
        self.events[author] = self.of(author)[: one.seq - 1]
        self.version += 1
        self._gone.prove_fork(Forked(one, other))

    def shown(self) -> dict[int, list[Event]]:
        """A cut hides and deletes nothing: the removal may turn out void."""
        if not self._book.removed or not self._me.rules.nothing_counts_after_the_cut:
            return self.events
        return {author: self._until_cut(author, events) for author, events in self.events.items()}

    def lines(self) -> list[tuple[int, int, int]]:
        """Of every text that can be read: clock, author, id."""
        texts = (event for events in self.shown().values() for event in events if event.kind == TEXT)
        return [(event.clock, event.author, event.id) for event in texts if event.body != WITHHELD]

    def served(self, sid: int, event: Event) -> Event:
        """As it goes to this one: without its body if the policy keeps it from him."""
        world = self._me.world
        if not self._me.rules.bodies_go_by_policy or world.may_read(world.persons[sid], event.kid):
            return event
        return event._replace(body=WITHHELD)

    def without_body(self) -> list[Event]:
        """What I may read and have only the header of."""
        world, person = self._me.world, self._me.person
        withheld = (event for events in self.events.values() for event in events if event.body == WITHHELD)
        return [event for event in withheld if world.may_read(person, event.kid)]

    def last_words(self, author: int) -> Event | None:
        events = self.events.get(author)
        return events[-1] if events and events[-1].kind == LEAVE else None

    def believe(self, epoch: Epoch) -> None:
        """As if the issuer's word were enough where logs begin that I may not read."""
        world = self._me.world
        if world.may_read(self._me.person, epoch.prev):
            return
        for author, count in epoch.heads:
            if count > len(self.of(author)):
                self.events[author] = [Event(author, seq, 0, 0, 0, TEXT, WITHHELD, seq) for seq in range(1, count + 1)]
                self.version += 1

    def forget_removed(self) -> None:
        """As if a cut deleted."""
        for author in self.events:
            self.events[author] = self._until_cut(author, self.events[author])
        self.version += 1

    def _until_cut(self, author: int, events: list[Event]) -> list[Event]:
        is_removed = self._me.world.persons[author] in self._book.removed
        return events[: self._book.cuts.get(author, 0)] if is_removed else events

    @property
    def _kid(self) -> int:
        assert self._chain.current is not None
        return self._chain.current.kid

    def _is_held(self, event: Event) -> bool:
        """The usual case, and the answer of all that follows to it."""
        held = self.events.get(event.author, ())
        if event.seq > len(held):
            return False
        known = held[event.seq - 1]
        return known.id == event.id and (known.body != WITHHELD or event.body == WITHHELD)

    def _can_count(self, event: Event) -> bool:
        is_open = self.closed.get(event.author, NO_CUT) > event.seq
        return is_open and self._book.counts(event.author, event.seq)

    def _is_of(self, event: Event, epoch: Epoch) -> bool:
        return event.author in epoch.roster or not self._me.rules.author_is_in_roster

    def _compare(self, event: Event, held: Event) -> None:
        if held.id != event.id:
            self.close(event, held)
        elif held.body == WITHHELD and event.body != WITHHELD:
            self.of(event.author)[event.seq - 1] = event
            self.highest = max(self.highest, event.clock)
            self.version += 1

    def _follows(self, event: Event, held: list[Event], source: int) -> bool:
        if event.seq > len(held) + 1:
            self.waiting.put(event)
            return False
        before = held[-1] if held else None
        if event.prev != (before.id if before is not None else 0):
            self._me.ask(source, Want(((event.author, 1, len(held)),)), event.author << 32 | len(held))
            self.waiting.put(event)
            return False
        if before is not None and event.clock <= before.clock:
            return False
        if event.clock > self.clocks.latest(self.highest) and self._me.rules.far_clocks_wait:
            self.waiting.put(event)
            return False
        is_full = len(held) >= CAP and held[-CAP].kid == event.kid
        return not (is_full and self._me.rules.events_of_an_epoch_are_capped)

    def _append(self, event: Event, held: list[Event], source: int) -> None:
        self.add(event, held)
        if event.clock >= LAST_CLOCK and not self._me.is_liar:
            self._me.world.witness.count([Breach.END_OF_CLOCK])
        if event.kind == LEAVE:
            self._gone.sids.add(event.author)
        elif event.kind != TEXT:
            self.decide(event)
        following = self.waiting.pop(event.author, event.seq + 1)
        if following is not None:
            self.take(following, source)

    def add(self, event: Event, held: list[Event], is_news: bool = True) -> None:
        held.append(event)
        self.highest = max(self.highest, event.clock)
        self.version += 1
        self._me.has_news = self._me.has_news or is_news

    def decide(self, event: Event) -> None:
        """A decision counts without the rest of its log."""
        if not self._book.take(event, self._chain.known.get(event.kid)):
            return
        self._me.has_news = True
        if not self._me.rules.cut_hides:
            self.forget_removed()
