"""Two epochs for one room: the one with fewer people gives way."""

from __future__ import annotations

from tests.simulation.epoch import Epoch
from tests.simulation.group import Group
from tests.simulation.moments import ticks
from tests.simulation.packets import AskEpoch
from tests.simulation.session import Session
from tests.simulation.taking import Taking

ANNOUNCED_WITHIN = ticks(7)
PATIENCE = ticks(4)


class Yielding:
    """People are counted, not sessions: opening many pages wins nothing."""

    def __init__(self, me: Session, group: Group, taking: Taking) -> None:
        self._me, self._group, self._taking = me, group, taking
        self._larger: tuple[int, int] | None = None  # the kid that more people announce, and since when

    def tick(self) -> None:
        epoch = self._group.chain.current
        if epoch is None or not self._me.rules.fewer_yield:
            return
        kid = self._wins_over(epoch)
        if kid is None:
            self._larger = None
        elif self._larger is None or self._larger[0] != kid:
            self._larger = kid, self._me.world.now
        else:
            self._yield_to(kid, self._larger[1])

    def _wins_over(self, epoch: Epoch) -> int | None:
        """
        Where as many announce both, the one with the higher number, then the lower kid: whoever is handed it takes it
        for that, and two rules that contradict each other would make two halves of a room change places for ever.
        """
        people = self._people()
        mine = people.pop(epoch.kid, set()) | {self._me.person}
        best = max(((len(who), self._number(kid), -kid) for kid, who in people.items()), default=None)
        return -best[2] if best is not None and best > (len(mine), *epoch.rank) else None

    def _number(self, kid: int) -> int:
        """Of one that I do not know yet somebody's claim, which makes me ask for it and nothing more."""
        known = self._group.chain.known.get(kid)
        announced = self._group.presence.announced.values()
        return known.number if known is not None else max(number for number, one in announced if one == kid)

    def _people(self) -> dict[int, set[int]]:
        """Who announces what, by kid."""
        presence, people = self._group.presence, dict[int, set[int]]()
        for sid in presence.here():
            kid = presence.announced.get(sid, (0, 0))[1]
            if sid != self._me.sid and kid != 0 and presence.heard_within(sid, ANNOUNCED_WITHIN):
                people.setdefault(kid, set()).add(self._me.world.persons[sid])
        return people

    def _yield_to(self, kid: int, since: int) -> None:
        presence = self._group.presence
        epoch = self._group.chain.known.get(kid)
        if epoch is None:
            who = [sid for sid in sorted(presence.here()) if presence.announced.get(sid, (0, 0))[1] == kid]
            self._me.ask(self._me.world.dice.choice(who), AskEpoch(kid), kid)
        elif self._me.world.now - since >= PATIENCE:
            self._larger = None
            if self._me.sid in epoch.roster:
                source = next(sid for sid, (_, announced) in presence.announced.items() if announced == kid)
                self._taking.consider(epoch, source, is_yield=True)
            else:
                self._group.drop()  # and is let in as a newcomer
