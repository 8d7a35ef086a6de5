"""The epoch that a session uses, who is next to make one, and why one is needed."""

from __future__ import annotations

from tests.simulation.book import Book
from tests.simulation.chain import Chain
from tests.simulation.epoch import Epoch
from tests.simulation.gone import Gone
from tests.simulation.log import Log
from tests.simulation.moments import ticks
from tests.simulation.packets import BookPart, Frame
from tests.simulation.presence import Presence
from tests.simulation.session import Session
from tests.simulation.world import HOST

NOBODY = -1  # who has no epoch needs one, whoever is here
FIRST_WAITS = ticks(1)


def wait_of(rank: int) -> int:
    """How long a need is left to those before."""
    return FIRST_WAITS if rank == 0 else ticks(3 + 5 * rank)


class Group:
    def __init__(self, me: Session, chain: Chain, presence: Presence, book: Book, gone: Gone, log: Log) -> None:
        self._me = me
        self.chain, self.presence, self.book, self.gone, self.log = chain, presence, book, gone, log
        self.pending: dict[int, tuple[Epoch, int, int]] = {}  # by kid: epoch, since when, from whom
        self._needs: dict[int, int] = {}  # by session that came or went: since when

    @property
    def needed_since(self) -> int | None:
        return min(self._needs.values(), default=None)

    def use(self, epoch: Epoch) -> None:
        self.chain.use(epoch)
        self.presence.settle(epoch.roster)
        self.pending.clear()
        self._me.has_news = True
        if not self._me.rules.needs_keep_their_clock:
            self._needs.clear()
        if not self._me.rules.logs_begin_where_the_chain_does:
            self.log.believe(epoch)
        if not self._me.is_liar:
            self._me.world.witness.adopted(epoch, self.book.names_removed(epoch.roster))

    def drop(self) -> None:
        self.chain.current = None
        self._needs.clear()

    def in_turn(self, sids: set[int]) -> list[int]:
        """Who is first makes the next epoch: hosts before others, then in order of entry, newcomers last."""
        persons, epoch = self._me.world.persons, self.chain.current
        if epoch is None:
            return sorted(sids, key=lambda sid: (not self._has_epoch(sid), persons[sid] != HOST, sid))
        place = {sid: index for index, sid in enumerate(epoch.roster)}
        return sorted(sids, key=lambda sid: (sid not in place, persons[sid] != HOST, place.get(sid, sid)))

    def rank(self, sid: int, turns: list[int]) -> int:
        """How many are in line before it; after all, where it is not in line."""
        before = turns[: turns.index(sid)] if sid in turns else turns
        if not self._me.rules.turns_count_people:
            return len(before)
        return len({self._me.world.persons[one] for one in before})

    def watch_needs(self, here: set[int]) -> None:
        """Each difference between who is here and who is in has its own clock."""
        now = self._me.world.now
        different = self._different(here)
        self._needs = {sid: self._needs.get(sid, now) for sid in different}

    def met_by(self, epoch: Epoch) -> int:
        """Since when there is a need that this epoch would meet."""
        roster = self.chain.roster
        met = [since for sid, since in self._needs.items() if (sid in roster) != (sid in epoch.roster)]
        return min(met, default=self._me.world.now)

    def seals_for_removed(self) -> bool:
        return self._me.rules.nobody_seals_for_removed and self.book.names_removed(self.chain.roster)

    def tell_gone(self, sid: int) -> None:
        """Why I do not take an epoch: the proofs that I have, and the last words of who left."""
        for proof in self.gone.proofs.values():
            self._me.send(sid, proof)
        epoch = self.chain.current
        if epoch is None or sid not in epoch.roster:
            return
        for author in sorted(self.gone.sids):
            last = self.log.last_words(author)
            if last is not None:
                self._me.send(sid, Frame(epoch.kid, (self.log.served(sid, last),), True))

    def tell_book(self, sid: int) -> None:
        self._me.send(sid, BookPart(tuple(self.book.decisions.values())))

    def _has_epoch(self, sid: int) -> bool:
        return self.presence.announced.get(sid, (0, 0))[0] > 0

    def _different(self, here: set[int]) -> set[int]:
        epoch = self.chain.current
        if epoch is None:
            return {NOBODY} if len(here) > 1 or self._me.age >= ticks(3) else set()
        return here ^ set(epoch.roster)
