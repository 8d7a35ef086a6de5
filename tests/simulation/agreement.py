"""Whether the honest members are one room: one epoch, equal logs, equal screens."""

from __future__ import annotations

from tests.simulation.event import TEXT, WITHHELD, Event
from tests.simulation.member import Member
from tests.simulation.room import Room


class Agreement:
    """Until the very end the logs of liars, who write on, are not compared; `strict`: they are."""

    def __init__(self, room: Room, strict: bool) -> None:
        self._room, self._strict = room, strict
        self._honest = room.honest()

    def lacks(self) -> str:
        """In what they differ, "" for nothing."""
        if not self._honest:
            return ""
        return self._about_epochs() or self._about_logs()

    def _about_epochs(self) -> str:
        present = {member.me.sid for member in self._honest}
        rosters = [set(member.chain.roster) for member in self._honest]
        if any(member.chain.current is None for member in self._honest):
            return "somebody has no epoch"
        if any(not present <= roster for roster in rosters):
            return "somebody is left out"
        if len({member.chain.current.kid for member in self._honest if member.chain.current is not None}) > 1:
            return "epochs differ"
        return "somebody is in who is gone" if any(self._is_gone(sid) for sid in rosters[0]) else ""

    def _is_gone(self, sid: int) -> bool:
        world = self._room.world
        return sid not in world.links.alive or sid in world.ended or world.persons[sid] in self._honest[0].book.removed

    def _about_logs(self) -> str:
        if len({self._held(member) for member in self._honest}) > 1:
            return "logs differ"
        if self._room.world.keeps_history:
            return ""  # equal chains, with all their bodies
        readable = list(self._all_lines().values())
        return "a line is missing" if any(self._lacks_line(member, readable) for member in self._honest) else ""

    def _held(self, member: Member) -> tuple[object, ...]:
        """Chains are equal where their tips are."""
        shown = member.log.shown().items()
        tips = [(author, events[-1].id) for author, events in shown if events and self._counts(author)]
        proofs = sorted(member.gone.proofs) if self._strict else ()
        return tuple(sorted(tips)), tuple(sorted(member.book.removed)), tuple(proofs)

    def _counts(self, author: int) -> bool:
        return self._strict or not self._room.members[author].me.is_liar

    def _all_lines(self) -> dict[int, Event]:
        """Each with its body, from whoever has it."""
        return {
            event.id: event
            for member in self._honest
            for author, events in member.log.shown().items()
            if self._counts(author)
            for event in events
            if event.kind == TEXT and event.body != WITHHELD
        }

    def _lacks_line(self, member: Member, readable: list[Event]) -> bool:
        shown = {line[2] for line in member.log.lines()}
        may_read = self._room.world.may_read
        return any(event.id not in shown and may_read(member.me.person, event.kid) for event in readable)
