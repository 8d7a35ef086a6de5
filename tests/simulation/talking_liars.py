"""Liars that say something: twice, too much, too far ahead, or in the past."""

from __future__ import annotations

from tests.simulation.event import CAP, DEMOTE, LAST_CLOCK, REMOVE, TEXT, Decision
from tests.simulation.liar import BODIES, Liar
from tests.simulation.moments import TICKS_A_SECOND, ticks
from tests.simulation.packets import BookPart, Held, Want
from tests.simulation.world import POWERFUL

A_WHILE = ticks(30)
FARTHER_MS = 10_000  # than a leap: its time has come at everybody before a run ends
AT_ONCE = 20  # events that a flooder pours out
LONG = 1_300  # events of a log that nobody who was parted from it gets in a minute, fifty a beat


class Equivocator(Liar):
    """Says one thing to these and another to those, in one place of its log."""

    stops = A_WHILE

    def lie(self, now: int, others: list[int]) -> None:
        if now % (2 * TICKS_A_SECOND) == 0 and len(others) > 1:
            one, other = self.draft(), self.draft()
            self.keep(one)
            half = len(others) // 2
            self.push((one,), others[:half])
            self.push((other,), others[half:])


class LateEquivocator(Equivocator):
    """Until then it talks as others do, and what it said so stays."""

    def lie(self, now: int, others: list[int]) -> None:
        if now >= ticks(25):
            super().lie(now, others)
        elif now % (4 * TICKS_A_SECOND) == 0:
            self.write(TEXT, self._dice.randrange(BODIES))


class Pusher(Liar):
    """Leaps as far as it may, told to one member alone; sometimes farther: that waits, and some of it for ever."""

    stops = A_WHILE

    def lie(self, now: int, others: list[int]) -> None:
        if now % TICKS_A_SECOND != 0 or not others:
            return
        event = self.draft(self._leap())
        self.keep(event, moves_clock=True)
        self.push((event,), others[:1])
        if self._dice.random() < 0.1:
            far = event._replace(clock=1 << 47, id=self._dice.randrange(1 << 60), seq=event.seq + 1)
            self.push((far,), others)

    def _leap(self) -> int:
        if not self.me.rules.far_clocks_wait:
            return self.log.highest + LAST_CLOCK
        own = self.log.own[-1].clock if self.log.own else 0
        farther = self._dice.randrange(FARTHER_MS) if self._dice.random() < 0.1 else 0
        return max(own + 1, self.log.clocks.latest(self.log.highest) + farther)


class Flooder(Liar):
    """A hundred and twenty events a second, and questions for everything."""

    stops = 0

    def lie(self, now: int, others: list[int]) -> None:
        if not others:
            return
        for _ in range(3):
            self._pour(others)
        wanted = tuple((author, 1, 50) for author in self.log.events)
        for sid in others:
            self.me.send(sid, Held(self.sync.heads()))
            self.me.send(sid, Want(wanted))

    def _pour(self, others: list[int]) -> None:
        events = []
        for _ in range(AT_ONCE):
            event = self.draft()
            self.keep(event, moves_clock=True)
            events.append(event)
        self.push(tuple(events), others)


class PatientFlooder(Flooder):
    """As much in each epoch as counts there, so that its log is long and whole."""

    def _pour(self, others: list[int]) -> None:
        assert self.chain.current is not None
        own, kid = self.log.own, self.chain.current.kid
        is_full = len(own) > CAP - AT_ONCE and own[AT_ONCE - CAP].kid == kid
        if len(own) < LONG and not is_full:
            super()._pour(others)


class Backdater(Liar):
    """Writes as early as it can: in the oldest epoch that had it, with the lowest clock."""

    stops = 0

    def lie(self, now: int, others: list[int]) -> None:
        if now % (4 * TICKS_A_SECOND) != 0:
            return
        own = self.log.own
        clock = (own[-1].clock if own else 0) + 1
        rules, known = self.me.rules, self.chain.known.values()
        mine = [epoch for epoch in known if self.me.sid in epoch.roster or not rules.author_is_in_roster]
        oldest = min(mine, key=lambda epoch: epoch.number, default=None)
        event = self.draft(clock, oldest.kid) if oldest is not None else self.draft()
        self.keep(event)
        self.push((event,), others)
        self.me.world.witness.hear(event, now)


class EndedModerator(Liar):
    """Once a moderator: removes honest people with a clock from before his power ended."""

    stops = A_WHILE

    def lie(self, now: int, others: list[int]) -> None:
        is_ended = any(event.kind == DEMOTE for event in self.book.decisions.values())
        if now % (4 * TICKS_A_SECOND) != 0 or not is_ended:
            return
        persons = [self.me.world.persons[sid] for sid in others]
        whom = self._dice.choice([person for person in persons if person not in POWERFUL] or [2])
        assert self.chain.current is not None
        event = self.log.say(REMOVE, Decision(whom, ()), self._earliest() + 1)
        self.keep(event)
        self.push((event,), others)
        self.book.add(event)
        for sid in others:
            self.me.send(sid, BookPart((event,)))

    def _earliest(self) -> int:
        """The lowest clock that its log still lets it have."""
        return self.log.own[-1].clock if self.log.own else 0
