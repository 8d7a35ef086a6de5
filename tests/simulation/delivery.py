"""When a line is called sent."""

from __future__ import annotations

from tests.simulation.chain import Chain
from tests.simulation.event import Event
from tests.simulation.log import Log
from tests.simulation.session import Session
from tests.simulation.sync import Sync

WITNESSES = 2  # other people who have it, or the only other: one liar could say alone, in many sessions, that he has it


class Delivery:
    def __init__(self, me: Session, chain: Chain, log: Log, sync: Sync) -> None:
        self._me, self._chain, self._log, self._sync = me, chain, log, sync
        self._sent = 0

    def tick(self) -> list[Event]:
        """What is sent since the last look."""
        counts = sorted(self._counts().values(), reverse=True)
        if not counts:
            return []
        needed = min(WITNESSES if self._me.rules.two_others_make_sent else 1, len(counts))
        sent = self._log.own[self._sent : counts[needed - 1]]
        self._sent += len(sent)
        return sent

    def _counts(self) -> dict[int, int]:
        """How much of my log each other person holds; without the rule each other session."""
        counts: dict[int, int] = {}
        for sid in self._chain.others:
            who = self._me.world.persons[sid] if self._me.rules.others_are_people else sid
            if who != self._me.person or not self._me.rules.others_are_people:
                counts[who] = max(counts.get(who, 0), self._sync.acknowledged.get(sid, 0))
        return counts
