"""When a line is called sent."""

from __future__ import annotations

from tests.simulation.chain import Chain
from tests.simulation.event import Event
from tests.simulation.log import Log
from tests.simulation.session import Session
from tests.simulation.sync import Sync

WITNESSES = 2  # others who have it, or the only other: one liar could say alone that he has it


class Delivery:
    def __init__(self, me: Session, chain: Chain, log: Log, sync: Sync) -> None:
        self._me, self._chain, self._log, self._sync = me, chain, log, sync
        self._sent = 0

    def tick(self) -> list[Event]:
        """What is sent since the last look."""
        others = self._chain.others
        if not others:
            return []
        counts = sorted((self._sync.acknowledged.get(sid, 0) for sid in others), reverse=True)
        needed = min(WITNESSES if self._me.rules.two_others_make_sent else 1, len(others))
        sent = self._log.own[self._sent : counts[needed - 1]]
        self._sent += len(sent)
        return sent
