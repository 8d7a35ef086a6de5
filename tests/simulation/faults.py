"""What happens to a room from outside: talk, comings and goings, cuts in the network, decisions."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulation.event import DEMOTE, REMOVE, TEXT, Decision
from tests.simulation.kinds import Kind
from tests.simulation.liar import BODIES
from tests.simulation.member import Member
from tests.simulation.moments import ticks
from tests.simulation.room import Room
from tests.simulation.world import HOST, MODERATOR, POWERFUL

FULL = 9
MOLE = 500  # a person whom the server shows to the host alone
CROWD, SESSIONS = 600, 10  # a person who is there so many times


class Faults:
    """One step of chance a tick, always in the same order, so that a seed is one story."""

    def __init__(self, room: Room, kind: Kind, persons: int) -> None:
        self._room, self._world, self._kind = room, room.world, kind
        self._dice = room.world.dice
        self._next_person = persons
        self._honest: list[Member] = []

    @property
    def _movable(self) -> list[Member]:
        """Hosts and moderators stay, so that there is somebody to decide."""
        return [member for member in self._honest if member.me.person not in POWERFUL]

    def tick(self) -> None:
        self._honest = self._room.honest()
        now = self._world.now
        if now > ticks(5) and self._dice.random() < 0.25 and self._honest:
            self._dice.choice(self._honest).write(TEXT, self._dice.randrange(BODIES))
        for name, fault in SCRIPT:
            if name in self._kind.faults:
                fault(self, now)

    def part(self, now: int) -> None:
        """Everybody lands on one of up to three sides."""
        if self._dice.random() < 0.02:
            sides, links = self._dice.choice([1, 2, 2, 3]), self._world.links
            for sid in links.side:
                links.side[sid] = self._dice.randrange(sides)

    def two_part(self, now: int) -> None:
        if now == ticks(8):
            for sid in self._world.links.side:
                self._world.links.side[sid] = int(sid in (2, 3))

    def carry_pulse(self, now: int) -> None:
        """
        The last sign of life of somebody who left goes from side to side: to the host, who alone was told that he left,
        from the host to one who shares no epoch with him, and from this one to the rest.
        """
        carrier = 1
        if now == ticks(10):
            self._sides(apart=0)
            self._enter(side=0)
        elif now == ticks(14):
            self._room.members[max(self._room.members)].leave()
        elif now == ticks(27):
            self._world.links.side[carrier] = 0
        elif now == ticks(31):
            self._world.links.side[carrier] = 2
        elif now == ticks(40):
            self._world.links.side[carrier] = 1

    def join(self, now: int) -> None:
        if self._dice.random() < 0.012 and len(self._honest) < FULL:
            self._enter()

    def come_late(self, now: int) -> None:
        if now in (ticks(10), ticks(14), ticks(40)):
            self._enter()

    def leave(self, now: int) -> None:
        if self._dice.random() < 0.012 and len(self._movable) > 3:
            self._dice.choice(self._movable).leave()

    def crash(self, now: int) -> None:
        if self._dice.random() < 0.008 and len(self._movable) > 3:
            self._world.links.gone(self._dice.choice(self._movable).me.sid)

    def reload(self, now: int) -> None:
        """Says something, goes with or without a word, and is back as a new session of the same person."""
        if self._dice.random() >= 0.012 or not self._movable:
            return
        member = self._dice.choice(self._movable)
        member.write(TEXT, self._dice.randrange(BODIES))
        if self._dice.random() < 0.5:
            member.leave()
        self._world.links.gone(member.me.sid)
        self._room.enter(member.me.person, self._world.links.side[member.me.sid], stored=member)

    def remove(self, now: int) -> None:
        """By the host, or a moderator, or both at once."""
        if self._dice.random() >= 0.012 or len(self._movable) <= 3:
            return
        able = [m for m in self._honest if m.me.person in POWERFUL and m.chain.current is not None]
        person = self._dice.choice(self._movable).me.person
        for member in self._dice.sample(able, min(len(able), self._dice.randint(1, 2))):
            self._remove(member, person)

    def liar_enters(self, now: int) -> None:
        if now == ticks(40):
            self._room.enter(self._next_person, liar=self._kind.liar)
            self._next_person += 1

    def host_removes(self, now: int) -> None:
        if now == ticks(25):
            self._remove(self._room.members[0], self._kind.seat)

    def host_crashes(self, now: int) -> None:
        if now == ticks(30):
            self._world.links.gone(0)

    def host_ends_power(self, now: int) -> None:
        if now == ticks(25):
            host = self._room.members[HOST]
            last = len(host.log.events.get(MODERATOR, ()))
            host.write(DEMOTE, Decision(MODERATOR, ((MODERATOR, last),)))

    def crowd(self, now: int) -> None:
        """They come before the others, and keep all rules but that they make no epoch when the host is gone."""
        if now == ticks(2):
            for _ in range(SESSIONS):
                self._room.enter(CROWD).steward.rests = True
        elif now == ticks(58):
            self._world.links.gone(0)

    def second_devices(self, now: int) -> None:
        """Of two honest people."""
        if now == ticks(4):
            for person in (MODERATOR, MODERATOR + 1):
                self._room.enter(person)

    def end_device(self, now: int) -> None:
        """The session talks on, and nobody tells it."""
        if self._dice.random() < 0.012 and len(self._movable) > 3:
            self._world.ended.add(self._dice.choice(self._movable).me.sid)

    def mole(self, now: int) -> None:
        if now == ticks(12):
            sid = self._room.enter(MOLE).me.sid
            self._world.links.hide(sid, [other for other in self._world.links.side if other not in (0, sid)])

    def selective(self, now: int) -> None:
        """From the start the server carries nothing between some; one at least is carried to all."""
        if now == 0:
            sids = list(self._world.links.side)
            pairs = [self._dice.sample(sids, 2) for _ in range(3)]
            hub = self._dice.choice(sids)
            for one, other in pairs:
                if hub not in (one, other):
                    self._world.links.sever(one, other)

    def _sides(self, apart: int) -> None:
        for sid in self._world.links.side:
            self._world.links.side[sid] = int(sid != apart)

    def _enter(self, side: int | None = None) -> None:
        where = self._dice.choice(list(self._world.links.side.values())) if side is None else side
        self._room.enter(self._next_person, where)
        self._next_person += 1

    def _remove(self, by: Member, person: int) -> None:
        persons = self._world.persons
        cuts = tuple((sid, len(events)) for sid, events in by.log.events.items() if persons[sid] == person)
        by.write(REMOVE, Decision(person, cuts))
        self._world.witness.removed[person] = self._world.now


SCRIPT: tuple[tuple[str, Callable[[Faults, int], None]], ...] = (
    ("selective", Faults.selective),
    ("part", Faults.part),
    ("two_part", Faults.two_part),
    ("carry_pulse", Faults.carry_pulse),
    ("join", Faults.join),
    ("come_late", Faults.come_late),
    ("leave", Faults.leave),
    ("crash", Faults.crash),
    ("reload", Faults.reload),
    ("remove", Faults.remove),
    ("liar_enters", Faults.liar_enters),
    ("host_removes", Faults.host_removes),
    ("host_crashes", Faults.host_crashes),
    ("host_ends_power", Faults.host_ends_power),
    ("mole", Faults.mole),
    ("crowd", Faults.crowd),
    ("end_device", Faults.end_device),
    ("second_devices", Faults.second_devices),
)
