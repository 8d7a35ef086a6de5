"""What follows from a set of decisions, whatever the order in which they came."""

from __future__ import annotations

from widget.crypto.genesis import generation_of
from widget.crypto.session import PeerSession
from widget.model import Role, Standing
from widget.room.entry import Entry
from widget.room.limits import GENERATIONS_AHEAD
from widget.wire.decision import ADMIT, INVITE, LIFT, ON, REMOVE, ROLE, Decision


class Ruling:
    """A decision and the event that it is the body of."""

    def __init__(self, entry: Entry, decision: Decision) -> None:
        self.entry: Entry = entry
        self.decision: Decision = decision

    def covers(self, peer: PeerSession) -> bool:
        """The removal is of that session: a ban of all that the person ever has, else of those up to then."""
        return not peer.is_host and (self.decision.is_ban or peer.iat_ms <= self.entry.event.at_ms)

    def cuts_off(self, peer: PeerSession, seq: int) -> bool:
        """What that session said there comes after the last event that counts."""
        return seq > self.decision.cuts.get(peer.sid, 0)


class Rulings:
    """Hosts come first: what they decide always counts. Moderators' decisions count as far as the hosts' let them."""

    def __init__(self, host_sub: str, needs_approval: bool, rulings: list[Ruling]) -> None:
        """`rulings` in room order."""
        self._host_sub: str = host_sub
        self._needs_approval: bool = needs_approval
        self._roles: dict[str, Ruling] = {}
        self._lifted: list[str] = []
        self._admitted: dict[str, list[str]] = {}  # who was let in, in spite of which removals
        self._renewed: dict[int, list[str]] = {}  # which removals each generation of the invite came after
        self.removals: dict[str, list[Ruling]] = {}
        self.invite: Ruling | None = None
        self.counting: dict[str, Ruling] = {}
        hosts = [one for one in rulings if one.entry.author.is_host]
        others = [one for one in rulings if not one.entry.author.is_host]
        self._take(rulings, ROLE)
        for some in (hosts, others):
            for op in (LIFT, REMOVE, ADMIT):
                self._take(some, op)
        self._take(sorted(rulings, key=lambda one: one.decision.secret.hex()), INVITE)  # by generation

    def role(self, peer: PeerSession) -> Role:
        return "host" if peer.is_host else "moderator" if self.is_moderator(peer.sub) else "member"

    def is_moderator(self, sub: str) -> bool:
        """Named by a host, and not removed since."""
        named = self._roles.get(sub)
        return named is not None and named.decision.flags == ON and len(self._removed_since(named)) == 0

    def moderators(self) -> list[str]:
        """Their subs."""
        return [sub for sub in self._roles if self.is_moderator(sub)]

    def standing(self, peer: PeerSession) -> Standing:
        """A removed person's older decision to be let in does not count for coming back."""
        removals = self.removals.get(peer.sub, [])
        if any(removal.covers(peer) for removal in removals):
            return "removed"
        if not self._needs_approval or peer.is_host or self.is_moderator(peer.sub):
            return "in"
        admitted = self._admitted.get(peer.sub)
        is_in = admitted is not None and all(removal.entry.id in admitted for removal in removals)
        return "in" if is_in else "waiting"

    def hides(self, entry: Entry) -> bool:
        """A removal of its author lets it not count, or nobody has let its author in."""
        author = entry.author
        removals = [one for one in self.removals.get(author.sub, []) if one.covers(author)]
        is_cut = any(one.decision.hides or one.cuts_off(author, entry.event.seq) for one in removals)
        return is_cut or self.standing(author) == "waiting"

    def unrenewed(self) -> list[str]:
        """The removals of those who know the secret of the invite: a place in the room's order is its author's choice,
        so each invite names the removals that it comes after."""
        done = [event_id for ids in self._renewed.values() for event_id in ids]
        every = [one.entry.id for removals in self.removals.values() for one in removals]
        return [event_id for event_id in every if event_id not in done]

    def may(self, peer: PeerSession, seq: int, decision: Decision) -> bool:
        """Whether what that session decides in its event `seq` counts."""
        if peer.is_host:
            return True
        is_above = decision.sub == self._host_sub or self.is_moderator(decision.sub)
        return decision.op != ROLE and self._has_power(peer, seq) and not (decision.op == REMOVE and is_above)

    def _has_power(self, peer: PeerSession, seq: int) -> bool:
        """A moderator who was one when that event was said: not after the cut of what ended it."""
        named = self._roles.get(peer.sub)
        if named is None or (named.decision.flags != ON and named.cuts_off(peer, seq)):
            return False
        return not any(one.cuts_off(peer, seq) for one in self._removed_since(named))

    def _removed_since(self, named: Ruling) -> list[Ruling]:
        return [one for one in self.removals.get(named.decision.sub, []) if one.entry.place > named.entry.place]

    def _take(self, rulings: list[Ruling], op: int) -> None:
        for one in rulings:
            entry = one.entry
            if one.decision.op == op and self.may(entry.author, entry.event.seq, one.decision):
                self.counting[entry.id] = one
                self._apply(one)

    def _apply(self, one: Ruling) -> None:
        decision = one.decision
        sub = decision.sub
        if decision.op == ROLE:
            self._roles[sub] = one
        elif decision.op == LIFT:
            self._lifted.extend(decision.lifts)
        elif decision.op == REMOVE and one.entry.id not in self._lifted:
            self.removals[sub] = [*self.removals.get(sub, []), one]
        elif decision.op == ADMIT:
            self._admitted[sub] = [*self._admitted.get(sub, []), *decision.lifts]
        elif decision.op == INVITE:
            self._renew(one)

    def _renew(self, one: Ruling) -> None:
        """A later generation, or another of the same: then the lower id. Not much later: there are 65,535 of them."""
        last = self.invite
        generation = generation_of(one.decision.secret)
        before = 1 if last is None else generation_of(last.decision.secret)
        is_tie = last is not None and generation == before and one.entry.id < last.entry.id
        if is_tie or before < generation <= before + GENERATIONS_AHEAD:
            self.invite = one
            self._renewed[generation] = one.decision.lifts
