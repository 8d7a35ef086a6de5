"""A member that breaks the rules: it sees and says what it likes, and cannot forge a signature."""

from __future__ import annotations

from collections.abc import Mapping

from tests.simulation.event import TEXT, Event
from tests.simulation.member import Member
from tests.simulation.moments import NEVER, ticks
from tests.simulation.world import World

BODIES = 1 << 40


class Liar(Member):
    """`stops`: how long after the faults it still lies. `is_still`: it does nothing else."""

    stops = NEVER
    is_still = False

    def __init__(self, world: World, sid: int, person: int, room: Mapping[int, Member]) -> None:
        super().__init__(world, sid, person)
        self.me.is_liar = True
        self._room = room
        self._dice = world.dice

    def tick(self) -> list[Event]:
        sent = self._tick_still() if self.is_still else super().tick()
        if self.chain.current is not None and self.me.world.now <= self.me.world.calm_at + self.stops:
            self.lie(self.me.world.now, self.chain.others)
        return sent

    def lie(self, now: int, others: list[int]) -> None:
        raise NotImplementedError

    def draft(self, clock: int = 0, kid: int = 0) -> Event:
        return self.log.say(TEXT, self._dice.randrange(BODIES), clock, kid)

    def keep(self, event: Event, moves_clock: bool = False) -> None:
        self.log.of(self.me.sid).append(event)
        self.log.version += 1
        if moves_clock:
            self.log.highest = event.clock

    def _tick_still(self) -> list[Event]:
        if self.me.has_news or self.me.world.now % ticks(3) == self.phase:
            self.beat()
        self.log.retry()
        return []
