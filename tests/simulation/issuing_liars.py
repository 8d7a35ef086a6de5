"""Liars that make epochs: two at once, without somebody, with somebody who is not there, with wild numbers."""

from __future__ import annotations

from collections.abc import Iterable

from tests.simulation.epoch import Epoch
from tests.simulation.liar import Liar
from tests.simulation.moments import TICKS_A_SECOND
from tests.simulation.packets import Grant

GHOST = 1_000_000
NOBODY = 999  # the person behind a ghost


class IssuingLiar(Liar):
    def lie(self, now: int, others: list[int]) -> None:
        if now % (2 * TICKS_A_SECOND) == 0 and others:
            self.mislead(list(self.chain.roster), others)

    def mislead(self, roster: list[int], others: list[int]) -> None:
        raise NotImplementedError

    def give(self, epoch: Epoch, sids: Iterable[int]) -> None:
        for sid in sids:
            if sid != self.me.sid:
                self.me.send(sid, Grant(epoch))


class Forker(IssuingLiar):
    """One epoch for these, another for those."""

    is_still = True

    def mislead(self, roster: list[int], others: list[int]) -> None:
        one, other = self.steward.make(roster), self.steward.make(roster)
        half = len(others) // 2
        self.give(one, others[:half])
        self.give(other, others[half:])
        self.group.use(one)


class LockerOut(IssuingLiar):
    """An epoch without one of those who are here."""

    is_still = True

    def mislead(self, roster: list[int], others: list[int]) -> None:
        victim = self._dice.choice(others)
        self.give(self.steward.make(sid for sid in roster if sid != victim), others)


class Staller(IssuingLiar):
    """One epoch after another, and none lets anybody in or out."""

    is_still = True

    def mislead(self, roster: list[int], others: list[int]) -> None:
        epoch = self.steward.make(roster)
        self.give(epoch, others)
        self.group.use(epoch)


class GhostMaker(IssuingLiar):
    """An epoch with sessions that never were."""

    is_still = True

    def mislead(self, roster: list[int], others: list[int]) -> None:
        ghost = GHOST + self._dice.randrange(9)
        self.me.world.persons.setdefault(ghost, NOBODY)
        self.give(self.steward.make([*roster, ghost]), others)


class PutterBack(IssuingLiar):
    """An epoch with somebody who had left."""

    def mislead(self, roster: list[int], others: list[int]) -> None:
        left = [sid for sid in self.me.world.witness.left if sid not in roster]
        if left:
            sid = self._dice.choice(left)
            self.presence.credentials.add(sid)
            self.give(self.steward.make([*roster, sid]), others)


class FarAhead(IssuingLiar):
    """A number that nobody could ever follow."""

    def mislead(self, roster: list[int], others: list[int]) -> None:
        assert self.chain.current is not None
        number = self._dice.choice([self.chain.current.number + 60_000, 4_000_000_000, (1 << 32) - 2])
        self.give(self.steward.make(roster, number=number), others + self.me.peers)


class LiarAboutBook(IssuingLiar):
    """An epoch made with decisions that do not exist."""

    def mislead(self, roster: list[int], others: list[int]) -> None:
        self.give(self.steward.make(roster, book=frozenset([self._dice.randrange(1 << 60)])), others)


class LiarAboutHeads(IssuingLiar):
    """Lets newcomers in, and tells them that every log is longer than it is."""

    stops = 0
    is_still = True

    def mislead(self, roster: list[int], others: list[int]) -> None:
        assert self.chain.current is not None
        came = sorted(self.presence.here() - set(roster))
        heads = tuple(sorted((author, len(events) + 40) for author, events in self.log.events.items()))
        epoch = self.steward.make(roster + came, heads=heads)
        self.give(epoch, epoch.roster)
        if came:
            self.group.use(epoch)
