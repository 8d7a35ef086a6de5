"""Who hands over events unasked pays for them, whoever wrote them."""

from __future__ import annotations

from tests.simulation.session import Session

BURST = 60
A_TICK = 5


class Budget:
    """Smaller than in the product, so that a run reaches it."""

    def __init__(self, me: Session) -> None:
        self._me = me
        self.unasked: dict[int, int] = {}  # by who hands over: how many were checked
        self._left: dict[int, tuple[int, int]] = {}  # by who hands over: how much, and when that was so

    def pay(self, sid: int, events: int) -> int:
        """How many of so many events are taken from this one now."""
        paid = self._pay(sid, events) if self._me.rules.who_hands_over_pays else events
        self.unasked[sid] = self.unasked.get(sid, 0) + paid
        return paid

    def _pay(self, sid: int, events: int) -> int:
        now = self._me.world.now
        left, since = self._left.get(sid, (BURST, now))
        left = min(BURST, left + (now - since) * A_TICK)
        paid = min(left, events)
        self._left[sid] = left - paid, now
        return paid
