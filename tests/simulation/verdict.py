"""What a finished run broke of what the room promises."""

from __future__ import annotations

from collections.abc import Iterator

from tests.simulation.breach import Breach
from tests.simulation.budget import A_TICK, BURST
from tests.simulation.event import LARGEST_STEP_MS, TEXT, WITHHELD, Event
from tests.simulation.member import Member
from tests.simulation.moments import SILENCE_IS_LONGER, TICK_MS, TICKS_A_SECOND, ticks
from tests.simulation.run import CLOCK_ERRORS, Run
from tests.simulation.waiting import AN_AUTHOR

LATEST_S = 40
HEARD_AFTER_REMOVAL = ticks(10)
AT_ONCE = ticks(1)  # what was said within has no order of time


class Verdict:
    def __init__(self, run: Run) -> None:
        self._run, self._world = run, run.world
        self._witness = run.world.witness
        self._honest = run.room.honest()

    def breaches(self) -> set[Breach]:
        """`HOLDERS_DIED` is none: where all who had a line are gone, so is the line."""
        found = self._witness.broken() | set(self._of_the_room())
        for member in self._honest:
            for part in (self._of_screen, self._of_work, self._of_sent, self._of_trust):
                found |= set(part(member))
        return found - {Breach.HOLDERS_DIED}

    def _of_the_room(self) -> Iterator[Breach]:
        took = self._run.took_s
        if took is None:
            yield Breach.NOT_ONE_ROOM
        elif took > LATEST_S + (SILENCE_IS_LONGER // TICKS_A_SECOND if self._run.kind.asks else 0):
            yield Breach.LATE
        if self._run.kind.rests and self._run.restless > 0:
            yield Breach.RESTLESS
        if self._is_misplaced():
            yield Breach.MISPLACED

    def _is_misplaced(self) -> bool:
        """Whether, in room order, something that the honest said stands below what was said long after it."""
        latest, kind = 0, self._run.kind
        far = AT_ONCE + (max(CLOCK_ERRORS) - min(CLOCK_ERRORS) if kind.clocks_differ else 0)
        far += LARGEST_STEP_MS // TICK_MS if kind.liar is not None else 0
        for event in sorted(self._witness.said.values(), key=lambda event: (event.clock, event.author)):
            if self._run.room.members[event.author].me.is_liar:
                continue
            said_at = self._witness.said_at[event.id]
            if latest - said_at > far:
                return True
            latest = max(latest, said_at)
        return False

    def _of_screen(self, member: Member) -> Iterator[Breach]:
        lines = [line[2] for line in member.log.lines()]
        if len(lines) != len(set(lines)):
            yield Breach.SHOWN_TWICE
        for events in member.log.events.values():
            if any(self._is_before_he_came(event) for event in events):
                yield Breach.BEFORE_HE_CAME
        for author, events in member.log.shown().items():
            if any(self._is_after_removal(author, event) for event in events):
                yield Breach.REMOVED_STILL_HEARD

    def _of_work(self, member: Member) -> Iterator[Breach]:
        if member.log.waiting.most() > AN_AUTHOR:
            yield Breach.TOO_MANY_WAIT
        if max(member.budget.unasked.values(), default=0) > BURST + A_TICK * self._world.now:
            yield Breach.OVERWORKED

    def _of_sent(self, member: Member) -> Iterator[Breach]:
        shown = {line[2] for line in member.log.lines()}
        for event in self._witness.said.values():
            may_read = self._world.may_read(member.me.person, event.kid)
            if event.id in shown and not may_read:
                yield Breach.HISTORY_LEAK
            is_missing = event.id not in shown and may_read and event.id in self._witness.sent
            if is_missing and self._is_to_last(event, member):
                yield Breach.SENT_THEN_MISSING if self._is_held(event) else Breach.HOLDERS_DIED

    def _of_trust(self, member: Member) -> Iterator[Breach]:
        if any(other.me.sid in member.gone for other in self._honest):
            yield Breach.HONEST_CALLED_LIAR
        if any(member.me.person in other.book.removed for other in self._honest):
            yield Breach.HONEST_REMOVED

    def _is_before_he_came(self, event: Event) -> bool:
        epoch = self._witness.epochs.get(event.kid)
        return epoch is not None and event.author not in epoch.roster

    def _is_after_removal(self, author: int, event: Event) -> bool:
        removed_at = self._witness.removed.get(self._world.persons[author])
        said_at = self._witness.said_at.get(event.id)
        if removed_at is None or said_at is None or event.kind != TEXT:
            return False
        return said_at > removed_at + HEARD_AFTER_REMOVAL

    def _is_to_last(self, event: Event, member: Member) -> bool:
        """Said by somebody honest who was not removed."""
        author = self._run.room.members[event.author].me
        is_removed = author.person in self._witness.removed
        return event.kind == TEXT and not author.is_liar and not is_removed and event.author not in member.log.closed

    def _is_held(self, event: Event) -> bool:
        if event.author in self._world.links.alive:
            return True
        held = (known for member in self._honest for known in member.log.events.get(event.author, ()))
        return any(known.id == event.id and known.body != WITHHELD for known in held)
