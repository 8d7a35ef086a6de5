"""Which clock an event may have: it is a hybrid logical one, of the room's age and of what its author knew."""

from __future__ import annotations

from tests.simulation.event import LARGEST_STEP_MS
from tests.simulation.moments import TICK_MS
from tests.simulation.session import Session


class Clocks:
    def __init__(self, me: Session) -> None:
        self._me = me

    def next(self, highest: int) -> int:
        """Above all that is known, and what others said before I came."""
        return max(highest + 1, self._age_ms if self._me.rules.clocks_follow_age else 0)

    def latest(self, highest: int) -> int:
        """What is above it waits for its time."""
        return LARGEST_STEP_MS + (self._age_ms if self._me.rules.age_bounds_clocks else highest)

    @property
    def _age_ms(self) -> int:
        """The room's, by the time that the service told me."""
        return (self._me.world.now + self._me.clock_error) * TICK_MS
