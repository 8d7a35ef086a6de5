"""What hosts and moderators decided: a set that only grows, and what follows from it whatever the order."""

from __future__ import annotations

from tests.simulation.epoch import Epoch
from tests.simulation.event import DEMOTE, REMOVE, Event
from tests.simulation.session import Session
from tests.simulation.world import HOST, MODERATOR, POWERFUL

NO_CUT = 1 << 60


class Book:
    def __init__(self, me: Session) -> None:
        self._me = me
        self._persons = me.world.persons
        self.decisions: dict[int, Event] = {}
        self.removed: set[int] = set()  # persons
        self.cuts: dict[int, int] = {}  # by session: the last event that counts

    def take(self, event: Event, epoch: Epoch | None) -> bool:
        """Whether it is a new decision that counts. `epoch`: in which it was written, if that is known."""
        if event.id in self.decisions or not self._may_decide(event) or not self._fits(event, epoch):
            return False
        if self._me.rules.power_comes_from_the_book and self._was_after_the_end(event):
            return False
        self.add(event)
        return True

    def add(self, event: Event) -> None:
        self.decisions[event.id] = event
        self._conclude()

    def adopt(self, other: Book) -> None:
        self.decisions = dict(other.decisions)
        self._conclude()

    def counts(self, author: int, seq: int) -> bool:
        """Whether what this author said there is shown: not after the cut of a removed person."""
        if not self.removed or self._persons[author] not in self.removed:
            return True
        return seq <= self.cuts.get(author, 0) or not self._me.rules.nothing_counts_after_the_cut

    def names_removed(self, roster: tuple[int, ...]) -> bool:
        return bool(self.removed) and any(self._persons[sid] in self.removed for sid in roster)

    def _may_decide(self, event: Event) -> bool:
        person = self._persons[event.author]
        return person == HOST or (person == MODERATOR and event.kind == REMOVE)

    def _fits(self, event: Event, epoch: Epoch | None) -> bool:
        return epoch is None or event.author in epoch.roster

    def _was_after_the_end(self, event: Event) -> bool:
        """Said by a moderator after the last event that the end of his power lets count."""
        person = self._persons[event.author]
        if person != MODERATOR:
            return False
        ends = [other.decision for other in self.decisions.values() if other.kind == DEMOTE]
        return any(end.person == person and event.seq > dict(end.cuts).get(event.author, 0) for end in ends)

    def _conclude(self) -> None:
        ends = {
            event.decision.person: event
            for event in self.decisions.values()
            if event.kind == DEMOTE and self._persons[event.author] == HOST
        }
        self.removed, self.cuts = set(), {}
        for event in self.decisions.values():
            if event.kind == REMOVE and self._has_power(event, ends):
                self.removed.add(event.decision.person)
                for sid, last in event.decision.cuts:
                    self.cuts[sid] = min(self.cuts.get(sid, NO_CUT), last)

    def _has_power(self, event: Event, ends: dict[int, Event]) -> bool:
        person = self._persons[event.author]
        if person == HOST:
            return True
        if person != MODERATOR or event.decision.person in POWERFUL:
            return False
        end = ends.get(person)
        if end is None:
            return True
        if not self._me.rules.power_comes_from_the_book:
            return (event.clock, event.author) < (end.clock, end.author)
        return event.seq <= dict(end.decision.cuts).get(event.author, 0)
