"""Which sessions are over for ever: those that left, and those whose lie is proved."""

from __future__ import annotations

from tests.simulation.epoch import Epoch
from tests.simulation.packets import Forked, IssuedTwice
from tests.simulation.session import Session


class Gone:
    def __init__(self, me: Session) -> None:
        self._me = me
        self.sids: set[int] = set()
        self.proofs: dict[int, Forked | IssuedTwice] = {}  # by author or issuer
        self._by_number: dict[tuple[int, int], Epoch] = {}
        self._by_prev: dict[tuple[int, int], Epoch] = {}

    def __contains__(self, sid: int) -> bool:
        return sid in self.sids

    def adopt(self, other: Gone) -> None:
        self.sids = set(other.sids)
        self.proofs = dict(other.proofs)

    def prove_fork(self, proof: Forked) -> None:
        self.sids.add(proof.one.author)
        self.proofs[proof.one.author] = proof
        self._tell(proof)

    def ask_service(self) -> None:
        """Who was signed out, as its list says by now."""
        ended = self._me.world.ended - self.sids - {self._me.sid}
        if self._me.rules.ended_are_out and ended:
            self.sids |= ended
            self._me.has_news = True

    def compare_prev(self, epoch: Epoch) -> None:
        """Two epochs of one issuer after one epoch prove a lie. A first epoch follows none, so it may be made anew."""
        first = self._by_prev.setdefault((epoch.issuer, epoch.prev), epoch)
        if epoch.prev != 0 and first.kid != epoch.kid and epoch.issuer != self._me.sid:
            self.prove_twice(IssuedTwice(first, epoch))

    def compare_number(self, epoch: Epoch) -> None:
        first = self._by_number.setdefault((epoch.issuer, epoch.number), epoch)
        if first.kid != epoch.kid and epoch.issuer != self._me.sid:
            self.prove_twice(IssuedTwice(first, epoch))

    def prove_twice(self, proof: IssuedTwice) -> None:
        one, other = proof
        is_twice = one.number == other.number or (one.prev == other.prev and one.prev != 0)
        if one.issuer != other.issuer or one.kid == other.kid or not is_twice:
            return
        if one.issuer in self.sids or not self._me.rules.two_of_one_end_the_issuer:
            return
        self.sids.add(one.issuer)
        self.proofs.setdefault(one.issuer, proof)
        self._tell(proof)

    def _tell(self, proof: Forked | IssuedTwice) -> None:
        self._me.has_news = True
        self._me.tell_all(proof)
