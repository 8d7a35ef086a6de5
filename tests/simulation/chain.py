"""The epochs that a session knows, each following one before, and the one that it uses."""

from __future__ import annotations

from tests.simulation.epoch import Epoch
from tests.simulation.moments import LONG_AGO
from tests.simulation.session import Session


class Chain:
    def __init__(self, me: Session) -> None:
        self._me = me
        self.known: dict[int, Epoch] = {}
        self.current: Epoch | None = None
        self.secrets: set[int] = set()  # kids of the epochs that were used here, and so can be read
        self.used_at = LONG_AGO
        self.used_before_at = LONG_AGO  # the one before it

    @property
    def roster(self) -> tuple[int, ...]:
        return self.current.roster if self.current is not None else ()

    @property
    def others(self) -> list[int]:
        return [sid for sid in self.roster if sid != self._me.sid]

    def adopt(self, other: Chain) -> None:
        self.known = dict(other.known)

    def use(self, epoch: Epoch) -> None:
        self.current = epoch
        self.known[epoch.kid] = epoch
        self.secrets.add(epoch.kid)
        self.used_before_at, self.used_at = self.used_at, self._me.world.now

    def believe(self, number: int) -> None:
        """As if a number that somebody names were the one that is used."""
        if self.current is not None and number > self.current.number + 1:
            self.current = self.current._replace(number=number)

    def follows(self, epoch: Epoch, before: Epoch) -> bool:
        """Whether it came of that one, as far as the epochs between them are known."""
        found: Epoch | None = epoch
        while found is not None and found.number > before.number:
            found = self.known.get(found.prev)
        return found is not None and found.kid == before.kid
