"""All members of one room in one world, moved tick by tick."""

from __future__ import annotations

from tests.simulation.breach import Breach
from tests.simulation.event import Event
from tests.simulation.liar import Liar
from tests.simulation.member import Member
from tests.simulation.world import World


class Room:
    def __init__(self, world: World) -> None:
        self.world = world
        self.members: dict[int, Member] = {}  # everybody who ever was here, by session

    def enter(self, person: int, side: int = 0, liar: type[Liar] | None = None, stored: Member | None = None) -> Member:
        sid = len(self.members)
        self.world.persons[sid] = person
        self.world.links.enter(sid, side)
        member = liar(self.world, sid, person, self.members) if liar is not None else Member(self.world, sid, person)
        if stored is not None:
            member.adopt(stored)
        self.members[sid] = member
        return member

    def honest(self) -> list[Member]:
        """Who is to be in one room in the end: who is here, keeps the rules and was put out by nobody."""
        removed, ended = self.world.witness.removed, self.world.ended
        present = [self.members[sid] for sid in self.world.links.alive]
        honest = [member for member in present if not member.me.is_liar and member.me.sid not in ended]
        return [member for member in honest if member.me.person not in removed]

    def step(self) -> None:
        for sender, receiver, packet in self.world.links.due():
            self.members[receiver].receive(sender, packet)
        for sid in list(self.world.links.alive):
            for event in self.members[sid].tick():
                self._note_sent(event)
        self.world.pass_tick()

    def _note_sent(self, event: Event) -> None:
        witness, author = self.world.witness, self.members[event.author]
        if event.id in witness.sent:
            return
        witness.sent[event.id] = self.world.now
        is_watched = not author.me.is_liar and author.me.person not in witness.removed
        others = {self.world.persons[sid] for sid in author.chain.others} - {author.me.person}
        if is_watched and len(others) > 1 and not self._is_at_another(event, author.me.person):
            witness.count([Breach.ONLY_MINE])

    def _is_at_another(self, event: Event, person: int) -> bool:
        others = (other for other in self.members.values() if other.me.person != person and not other.me.is_liar)
        return any(len(other.log.events.get(event.author, ())) >= event.seq for other in others)
