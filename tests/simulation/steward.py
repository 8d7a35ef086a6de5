"""Whoever's turn it is makes the next epoch."""

from __future__ import annotations

from collections.abc import Iterable

from tests.simulation.epoch import Epoch
from tests.simulation.group import Group, wait_of
from tests.simulation.moments import ticks
from tests.simulation.packets import Grant
from tests.simulation.session import Session

KID_BITS = 0x7FFF_FFFF_FFFF_FFFF


class Steward:
    def __init__(self, me: Session, group: Group) -> None:
        self._me, self._group, self._chain = me, group, group.chain
        self._followed: set[int] = set()  # kids after which I made an epoch
        self._highest = 0  # number that I used
        self.rests = False

    def tick(self) -> None:
        here = self._group.presence.here()
        self._group.watch_needs(here)
        since = self._group.needed_since
        if not self.rests and since is not None and self._is_due(here, self._me.world.now - since):
            self._issue(here)

    def _is_due(self, here: set[int], needed: int) -> bool:
        epoch = self._chain.current
        turns = [sid for sid in self._group.in_turn(here) if epoch is None or sid in epoch.roster]
        rank = self._group.rank(self._me.sid, turns)
        if rank > 0 and not self._me.rules.others_take_over:
            return False
        lets_in = rank == 0 and epoch is not None and any(sid not in epoch.roster for sid in here)
        since_last = self._me.world.now - self._chain.used_at
        if lets_in:
            return since_last >= ticks(0.5)
        return needed >= wait_of(rank) and since_last >= ticks(2)

    def _issue(self, here: set[int]) -> None:
        epoch = self._chain.current
        roster = self._group.in_turn(here)
        if epoch is not None:
            if set(roster) == set(epoch.roster) or epoch.kid in self._followed:
                return
            if self._me.rules.one_epoch_follows_one:
                self._followed.add(epoch.kid)
        made = self.make(roster)
        self._group.use(made)
        for sid in self._chain.others:
            self._me.send(sid, Grant(made))

    def make(
        self,
        roster: Iterable[int],
        number: int | None = None,
        book: frozenset[int] | None = None,
        heads: tuple[tuple[int, int], ...] = (),
    ) -> Epoch:
        """Known to who makes it, and not yet used. Honest members give no more than the first two."""
        world, before = self._me.world, self._chain.current
        follows = (before.number, before.kid) if before is not None else (0, 0)
        chosen = self._next(follows[0]) if number is None else number
        said = (chosen, follows[1], self._me.sid, tuple(roster))
        decided = frozenset(self._group.book.decisions) if book is None else book
        kid = hash((said, world.dice.random(), world.next_epoch())) & KID_BITS  # of numbers alone: the same everywhere
        made = Epoch(*said, decided, heads, kid)
        self._chain.known[kid] = made
        world.witness.made(made, world.now)
        return made

    def _next(self, number: int) -> int:
        """Higher than every number that I used, also before an epoch of others with a lower one won."""
        if self._me.rules.numbers_are_used_once:
            number = max(number, self._highest)
        self._highest = max(self._highest, number + 1)
        return number + 1
