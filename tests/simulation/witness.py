"""Who sees everything from outside: what was said, sent, left and removed, and which rule was broken on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.simulation.breach import Breach
from tests.simulation.epoch import Epoch
from tests.simulation.event import Event
from tests.simulation.moments import ticks

NUMBERS = 1 << 32  # of epochs
FORGIVEN = ticks(20)  # so long after somebody left an epoch with him may still be made by who does not know it


class Witness:
    def __init__(self, forgiven: int = FORGIVEN) -> None:
        self._forgiven = forgiven
        self.breaches: Counter[Breach] = Counter()
        self.said: dict[int, Event] = {}
        self.said_at: dict[int, int] = {}
        self.sent: dict[int, int] = {}  # when each event was called sent
        self.epochs: dict[int, Epoch] = {}
        self.removed: dict[int, int] = {}  # since when a person is removed
        self.left: dict[int, int] = {}  # since when a session has left
        self._made: dict[int, int] = {}

    def hear(self, event: Event, now: int) -> None:
        self.said[event.id] = event
        self.said_at[event.id] = now

    def made(self, epoch: Epoch, now: int) -> None:
        self.epochs[epoch.kid] = epoch
        self._made[epoch.kid] = now

    def sealed(self, unseen: int, removed: int) -> None:
        """An honest member wrote for a roster that holds so many whom it must not."""
        self.breaches[Breach.SEALED_FOR_UNSEEN] += unseen
        self.breaches[Breach.SEALED_FOR_REMOVED] += removed

    def adopted(self, epoch: Epoch, has_removed: bool) -> None:
        """An honest member uses this epoch from now on. `has_removed`: it knows that somebody in it was removed."""
        self.breaches[Breach.SHARED_WITH_REMOVED] += has_removed
        self.breaches[Breach.END_OF_NUMBERS] += epoch.number > NUMBERS // 2
        before = self.epochs.get(epoch.prev)
        if before is None or not self.left:
            return
        back = [sid for sid in epoch.roster if sid in self.left and sid not in before.roster]
        if any(self._made[epoch.kid] - self.left[sid] > self._forgiven for sid in back):
            self.breaches[Breach.LEFT_PUT_BACK] += 1

    def broken(self) -> set[Breach]:
        return {breach for breach, times in self.breaches.items() if times > 0}

    def count(self, breaches: Iterable[Breach]) -> None:
        self.breaches.update(breaches)
