"""How two logs become equal: digests, then heads, then what the other lacks."""

from __future__ import annotations

from tests.simulation.book import NO_CUT
from tests.simulation.group import Group
from tests.simulation.moments import ticks
from tests.simulation.packets import BookPart, Frame, Heads, Held, Want
from tests.simulation.session import Session

TOLD_AGAIN = ticks(1)  # heads to one session, at most so often
RANGE = 50
ANSWER = 200


class Sync:
    def __init__(self, me: Session, group: Group) -> None:
        self._me, self._group = me, group
        self._log, self._book, self._gone = group.log, group.book, group.gone
        self._told: dict[int, int] = {}
        self._heads: tuple[tuple[int, int], Heads] = ((-1, -1), {})
        self._digest: tuple[tuple[int, int, int], int] = ((-1, -1, -1), 0)
        self._theirs: dict[int, Heads] = {}  # as each last told
        self._tries = 0
        self.acknowledged: dict[int, int] = {}  # by session: how much of my log it holds

    def heads(self) -> Heads:
        state = self._log.version, len(self._book.decisions)
        if self._heads[0] != state:
            self._heads = state, self._look()
        return self._heads[1]

    def digest(self) -> int:
        """Of all that is compared; of numbers alone, so that it is the same everywhere."""
        state = self._log.version, len(self._book.decisions), len(self._gone.proofs)
        if self._digest[0] != state:
            held = tuple(sorted(self.heads().items())), tuple(sorted(self._book.decisions))
            proved = tuple(sorted(self._log.closed.items())), tuple(sorted(self._gone.proofs))
            self._digest = state, hash((held, proved if self._me.rules.digests_cover_proofs else ()))
        return self._digest[1]

    def tell(self, sid: int) -> None:
        if self._may_tell(sid):
            self._told[sid] = self._me.world.now
            self._me.send(sid, self.held())

    def held(self) -> Held:
        closed = tuple(self._log.closed.items())
        return Held(self.heads(), tuple(self._book.decisions), closed, frozenset(self._gone.proofs))

    def hear_digest(self, sender: int, digest: int) -> None:
        """An equal digest acknowledges everything."""
        if digest != self.digest():
            self.tell(sender)
        else:
            self._acknowledge(sender, len(self._log.own))

    def compare(self, sender: int, told: Held) -> None:
        if not self._me.rules.logs_are_compared:
            return
        self._theirs[sender] = told.heads
        self._acknowledge(sender, told.heads.get(self._me.sid, (0, 0))[0])
        wanted = self._wanted(told.heads)
        lacking = tuple(sorted(set(told.book) - self._book.decisions.keys()))
        if (wanted or lacking) and self._may_ask(sender):
            self._me.send(sender, Want(wanted, lacking))
        closed = dict(told.closed)
        if self._may_tell(sender) and self._has_more(told, closed):
            self.tell(sender)
        if closed != self._log.closed or not told.proofs >= self._gone.proofs.keys():
            self._group.tell_gone(sender)

    def go_on(self, sender: int, answered: int) -> None:
        """
        After a full answer that brought something the next question. Else somebody who comes back from a part of the
        room in which a liar wrote a thousand events gets fifty a beat, and is a minute behind.
        """
        if answered >= RANGE and self._me.rules.full_answers_are_followed:
            wanted = self._wanted(self._theirs.get(sender, {}))
            if wanted:
                self._me.send(sender, Want(wanted))

    def serve(self, sender: int, want: Want) -> None:
        """Whoever holds an event may serve it, under the key of the epoch that both are in."""
        if want.decisions:
            decisions = self._book.decisions
            self._me.send(sender, BookPart(tuple(decisions[one] for one in want.decisions if one in decisions)))
        epoch = self._group.chain.current
        if epoch is None or sender not in epoch.roster:
            return
        events = [
            self._log.served(sender, event)
            for author, first, last in want.ranges
            for event in self._log.events.get(author, ())[first - 1 : last]
        ]
        if events:
            self._me.send(sender, Frame(epoch.kid, tuple(events[:ANSWER]), True))

    def ask_for_bodies(self) -> None:
        """
        Who holds only the header of what he may read asks on, one member after the other. In turn and not by chance:
        where one of six has the bodies, chance alone passes him by for fifty seconds in one room of two hundred.
        """
        if self._me.world.keeps_history or not self._me.rules.missing_bodies_are_asked_for:
            return
        wanted = tuple((event.author, event.seq, event.seq) for event in self._log.without_body()[:RANGE])
        others = self._group.chain.others
        if wanted and others:
            self._tries += self._me.rules.another_is_asked_each_try
            self._me.send(others[self._tries % len(others)], Want(wanted))

    def _acknowledge(self, sid: int, count: int) -> None:
        self.acknowledged[sid] = max(self.acknowledged.get(sid, 0), count)

    def _may_tell(self, sid: int) -> bool:
        return self._me.world.now - self._told.get(sid, -9) >= TOLD_AGAIN

    def _may_ask(self, sid: int) -> bool:
        """Without the rule everything is asked of one member, who may be silent."""
        return self._me.rules.another_is_asked_each_try or sid == min(self._group.chain.others, default=sid)

    def _look(self) -> Heads:
        heads = {author: (len(events), events[-1].id) for author, events in self._log.shown().items() if events}
        if self._me.rules.fork_leaves_what_was_before:
            return heads
        return {author: head for author, head in heads.items() if author not in self._log.closed}

    def _wanted(self, theirs: Heads) -> tuple[tuple[int, int, int], ...]:
        """Small gaps first."""
        wanted, mine = [], self.heads()
        for author, (count, head) in sorted(theirs.items(), key=lambda item: item[1][0]):
            known, tip = mine.get(author, (0, 0))
            end = self._log.closed.get(author, NO_CUT) - 1
            if min(count, end) > known:
                wanted.append((author, known + 1, min(count, known + RANGE)))
            elif 0 < count <= end and head != self._id_at(author, count, known, tip):
                wanted.append((author, max(1, count - RANGE), count))
        return tuple(wanted)

    def _id_at(self, author: int, count: int, known: int, tip: int) -> int:
        return tip if count == known else self._log.events[author][count - 1].id

    def _has_more(self, told: Held, closed: dict[int, int]) -> bool:
        if not self._book.decisions.keys() <= set(told.book):
            return True
        return any(
            count > min(told.heads.get(author, (0, 0))[0], closed.get(author, NO_CUT) - 1)
            for author, (count, _) in self.heads().items()
        )
