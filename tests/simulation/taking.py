"""Whether a session takes an epoch that somebody made: the rules in order, each answering yes, no, or not yet."""

from __future__ import annotations

from tests.simulation.epoch import Epoch
from tests.simulation.group import Group, wait_of
from tests.simulation.moments import TICKS_A_SECOND, ticks
from tests.simulation.packets import AskBook, AskCredential, AskEpoch
from tests.simulation.session import Session

PATIENCE = ticks(10)  # for what an epoch lacks
HEARD = ticks(5)  # nobody who was heard within may be left out by what follows
USED = ticks(7)  # what somebody announced within is what he uses
EARLY = ticks(1.5)  # by which clocks of needs may differ
NUMBERS_AT_FIRST = 4_096
CLOCKS_DIFFER_S = 600
LARGEST_JUMP = 65_536

YES, NO, LATER = "yes", "no", "later"


class Taking:
    def __init__(self, me: Session, group: Group) -> None:
        self._me, self._rules = me, me.rules
        self._group, self._chain, self._presence = group, group.chain, group.presence

    def tick(self) -> None:
        """What was put off is looked at again."""
        for kid, (epoch, since, source) in list(self._group.pending.items()):
            if self._me.world.now - since > PATIENCE:
                self._group.pending.pop(kid, None)
            else:
                self.consider(epoch, source)

    def consider(self, epoch: Epoch, source: int, is_yield: bool = False) -> None:
        """Who yields to more people compares nothing with the epoch that he has."""
        current = None if is_yield else self._chain.current
        answer = self._judge(epoch, current, source)
        if answer == YES:
            self._group.use(epoch)
        elif answer == NO:
            self._group.pending.pop(epoch.kid, None)
        else:
            self._group.pending.setdefault(epoch.kid, (epoch, self._me.world.now, source))

    def _judge(self, epoch: Epoch, current: Epoch | None, source: int) -> str:
        if current is not None and epoch.rank <= current.rank:
            return NO
        answer = self._is_lawful(epoch, source)
        if answer == YES:
            answer = self._is_complete(epoch, source)
        if answer == YES:
            answer = self._follows(epoch, current, source)
        if answer == YES and current is not None:
            answer = self._may_replace(epoch, current)
        return answer

    def _is_lawful(self, epoch: Epoch, source: int) -> str:
        """No time mends what is refused here. Who hands it over is told what he does not know."""
        if self._me.sid not in epoch.roster or epoch.issuer not in epoch.roster:
            return NO
        if not self._number_fits(epoch) or epoch.issuer in self._group.gone:
            return NO
        if self._rules.book_comes_before_epoch and self._group.book.names_removed(epoch.roster):
            self._group.tell_book(source)
            return NO
        if not self._group.gone.sids.isdisjoint(epoch.roster):
            self._group.tell_gone(source)
            return NO
        return YES

    def _number_fits(self, epoch: Epoch) -> bool:
        """By the room's age, which all know, and not by the number that I have: else a liar leads away part of them."""
        if not self._rules.numbers_follow_age:
            current = self._chain.current
            return current is None or epoch.number <= current.number + LARGEST_JUMP
        age = max(0, self._me.world.now + self._me.clock_error) // TICKS_A_SECOND
        return epoch.number <= NUMBERS_AT_FIRST + age + CLOCKS_DIFFER_S

    def _is_complete(self, epoch: Epoch, source: int) -> str:
        """All decisions and credentials that belong to it are here, or asked for."""
        if self._rules.book_comes_before_epoch and not epoch.book <= self._group.book.decisions.keys():
            self._me.ask(source, AskBook())
            return LATER
        if not self._rules.credentials_come_first:
            return YES
        unseen = next((sid for sid in epoch.roster if sid not in self._presence.credentials), None)
        if unseen is None:
            return YES
        self._me.ask(source, AskCredential(unseen), unseen)
        return LATER

    def _follows(self, epoch: Epoch, current: Epoch | None, source: int) -> str:
        before = self._chain.known.get(epoch.prev)
        if before is None:
            if epoch.prev == 0:
                return YES
            self._me.ask(source, AskEpoch(epoch.prev), epoch.prev)
            is_needed = current is not None and self._rules.numbers_follow_age
            return LATER if is_needed else YES
        if epoch.number <= before.number and self._rules.numbers_follow_age:
            return NO
        return LATER if current is not None and self._brings_back(epoch, current) else YES

    def _brings_back(self, epoch: Epoch, current: Epoch) -> bool:
        """
        Somebody who is not in mine, and of whom I know that they went. That the one before had them is no reason: who
        is first in line could follow its own epochs for ever, and bring back whoever went without a word.
        """
        back = tuple(sid for sid in epoch.roster if sid not in current.roster and self._presence.went(sid))
        self._presence.named(back)
        return len(back) > 0 and self._rules.nobody_is_brought_back

    def _may_replace(self, epoch: Epoch, current: Epoch) -> str:
        if not self._has_reason(epoch, current) or self._leaves_out(epoch, current):
            return NO
        return YES if self._is_in_turn(epoch, current) else NO

    def _has_reason(self, epoch: Epoch, current: Epoch) -> bool:
        """
        For the same people: somebody came or went, or two use it, also at a tie. One who makes one after another, or
        holds one that the room has left, could else keep it from being one; and for a need alone two halves stay two.
        """
        is_same = set(epoch.roster) == set(current.roster) and self._rules.same_roster_needs_a_reason
        if not is_same or self._group.needed_since is not None:
            return True
        announced, heard_within = self._presence.announced.items(), self._presence.heard_within
        users = [sid for sid, (_, kid) in announced if kid == epoch.kid and heard_within(sid, USED)]
        return len({self._me.world.persons[sid] for sid in users}) > 1

    def _leaves_out(self, epoch: Epoch, current: Epoch) -> bool:
        """
        What follows my epoch may know of a leaving of which I do not: against it counts only whom I have just heard.
        A rival that has grown apart from mine knows no such thing: against it counts everybody who is here. Else a liar
        who holds one to which the room did not yield draws away whoever misses one beat, again and again.
        """
        here = self._presence.here()
        missing = [sid for sid in current.roster if sid not in epoch.roster and sid in here]
        if missing and self._rules.rivals_leave_nobody_out and not self._chain.follows(epoch, current):
            return True
        return self._rules.nobody_heard_is_left_out and any(self._presence.heard_within(sid, HEARD) for sid in missing)

    def _is_in_turn(self, epoch: Epoch, current: Epoch) -> bool:
        """The first of those here always may; another when he waited as long as his rank asks, or lets somebody in."""
        if not self._rules.turns_are_kept or len(current.roster) == 1:
            return True
        here = self._presence.here()
        turns = [sid for sid in self._group.in_turn(here | {epoch.issuer}) if sid in current.roster]
        rank = self._group.rank(epoch.issuer, turns)
        if rank == 0 or self._waited(epoch, current) >= wait_of(rank) - EARLY:
            return True
        return self._rules.newcomers_excuse_the_turn and self._only_lets_in(epoch, current, here)

    def _waited(self, epoch: Epoch, current: Epoch) -> int:
        """
        How long those before him made none, or left a need alone that it meets. A tie competes with the epoch that I
        have, so it is measured from the one before.
        """
        last = self._chain.used_before_at if epoch.number == current.number else self._chain.used_at
        return self._me.world.now - min(last, self._group.met_by(epoch))

    def _only_lets_in(self, epoch: Epoch, current: Epoch, here: set[int]) -> bool:
        keeps = (here & set(current.roster)) <= set(epoch.roster)
        return keeps and not set(epoch.roster) <= set(current.roster)
