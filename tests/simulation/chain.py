"""The epochs that a session knows, each following one before, and the one that it uses."""

from __future__ import annotations

from tests.simulation.epoch import KIDS_IN_PULSE, Epoch
from tests.simulation.moments import LONG_AGO
from tests.simulation.session import Session

TICKET_REACHES = 2  # a ticket names the epoch that is followed, or the one before


class Chain:
    def __init__(self, me: Session) -> None:
        self._me = me
        self.known: dict[int, Epoch] = {}
        self.current: Epoch | None = None
        self.secrets: set[int] = set()  # kids of the epochs that were used here, and so can be granted
        self.used_at = LONG_AGO
        self._heard: dict[int, int] = {}  # the kid that each session announced last, the newest at the end

    @property
    def heard(self) -> tuple[int, ...]:
        """The newest, which go into the pulse."""
        return tuple(dict.fromkeys(reversed(self._heard.values())))[:KIDS_IN_PULSE]

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
        self.used_at = self._me.world.now
        self.hear(self._me.sid, epoch.kid)

    def believe(self, number: int) -> None:
        """As if a number that somebody names were the one that is used."""
        if self.current is not None and number > self.current.number + 1:
            self.current = self.current._replace(number=number)

    def hear(self, sid: int, kid: int) -> None:
        """Of each session one: who announces others all the time would leave no place for the one that is used."""
        who = sid if self._me.rules.each_is_heard_once else kid
        if kid != 0 and (who != kid or kid not in self.heard):
            self._heard.pop(who, None)
            self._heard[who] = kid

    def follows(self, epoch: Epoch, before: Epoch) -> bool:
        """Whether it came of that one, as far as the epochs between them are known."""
        found: Epoch | None = epoch
        while found is not None and found.number > before.number:
            found = self.known.get(found.prev)
        return found is not None and found.kid == before.kid

    def wishes_in(self, sid: int, kids: tuple[int, ...], after: Epoch) -> bool | None:
        """
        Whether a pulse that names these epochs asks to be let in after this epoch. It does if it names it, or the one
        before, and was so made after the session was last put out. None: an epoch in between is not known.
        """
        kid, steps, is_named = after.kid, 0, False
        while steps < TICKET_REACHES and kid in self.known:
            if steps > 0 and sid in self.known[kid].roster:
                return is_named
            is_named = is_named or kid in kids
            kid, steps = self.known[kid].prev, steps + 1
        return is_named if is_named or kid == 0 or steps >= TICKET_REACHES else None

    def missing(self, after: Epoch) -> int:
        """The kid of the first epoch that such a check does not find; 0 if none is missing."""
        kid, steps = after.kid, 0
        while steps < TICKET_REACHES and kid in self.known:
            kid, steps = self.known[kid].prev, steps + 1
        return kid if steps < TICKET_REACHES else 0
