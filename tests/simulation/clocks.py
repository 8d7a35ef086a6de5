"""Which clock an event may have, above what its author and the room had before."""

from __future__ import annotations

from tests.simulation.event import LARGEST_STEP, Event
from tests.simulation.moments import TICKS_A_SECOND
from tests.simulation.session import Session

LARGEST_TIMED_STEP = 1_024
FREE_STEP = 64


class Clocks:
    """A rule that knows time, one large step a second from each author, stands in for the one that does not."""

    def __init__(self, me: Session) -> None:
        self._me = me
        self._stepped: dict[int, int] = {}

    def is_far(self, event: Event, highest: int) -> bool:
        rules = self._me.rules
        largest = LARGEST_STEP if rules.clocks_know_no_time else LARGEST_TIMED_STEP
        if rules.far_clocks_wait and event.clock > highest + largest:
            return True
        return not rules.clocks_know_no_time and event.clock > highest + FREE_STEP and self._is_hasty(event.author)

    def _is_hasty(self, author: int) -> bool:
        now = self._me.world.now
        if now - self._stepped.get(author, -9) < TICKS_A_SECOND:
            return True
        self._stepped[author] = now
        return False
