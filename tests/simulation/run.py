"""One run: a minute of faults, then a minute in which the honest have to come together."""

from __future__ import annotations

from collections import Counter

from tests.simulation.agreement import Agreement
from tests.simulation.faults import Faults
from tests.simulation.kinds import Kind
from tests.simulation.moments import SILENCE_IS_LONGER, TICKS_A_SECOND, ticks
from tests.simulation.packets import Beat, Seek, Sign
from tests.simulation.room import Room
from tests.simulation.rules import Rules
from tests.simulation.world import World

CALM = ticks(60)
REST = ticks(30)  # of it, at its end
LAST_LOOKS = ticks(2)
SETTLED = ticks(20)
CALM_LOSS = 0.02
CLOCK_ERRORS = (-ticks(8), ticks(8), 0)  # a lying service, as much less than fifteen minutes as leaps are smaller


class Run:
    """`to_the_end`: also where the room was one for a while, and liars go on in vain."""

    def __init__(self, kind: Kind, seed: int, rules: Rules, to_the_end: bool = True) -> None:
        self.kind = kind
        self._to_the_end = to_the_end or kind.rests
        self.world = World(seed, rules, kind.loss, kind.keeps_history, kind.asks)
        self.room = Room(self.world)
        self.world.calm_at = ticks(kind.faults_last_s)
        self.together_at: int | None = None  # since when they are one room
        self.lacks = ""
        self.restless = 0  # packets at rest that are no beats

    def play(self) -> Run:
        faults = self._begin()
        calm_at = self.world.calm_at
        before: Counter[type] = Counter()
        while self.world.now < calm_at + CALM and not self._is_settled():
            now = self.world.now
            if now < calm_at:
                faults.tick()
            elif now == calm_at:
                self.world.links.heal(CALM_LOSS if self.kind.loss > 0 else 0.0)
            if now == calm_at + CALM - (REST - SILENCE_IS_LONGER if self.kind.asks else REST):
                before = Counter(self.world.links.carried)
            self.room.step()
            if now > calm_at and now % TICKS_A_SECOND == 0:
                self._look(now)
        if before:
            after = self.world.links.carried - before
            self.restless = sum(times for kind, times in after.items() if kind not in self._at_rest())
        return self

    def _at_rest(self) -> tuple[type, ...]:
        """Who never hear each other ask after each other for ever."""
        return (Beat, Seek, Sign) if self.world.links.severed or self.world.links.hidden else (Beat,)

    @property
    def took_s(self) -> float | None:
        return None if self.together_at is None else (self.together_at - self.world.calm_at) / TICKS_A_SECOND

    def _begin(self) -> Faults:
        dice = self.world.dice
        persons = dice.randint(5, 7)
        for person in range(1 if "come_late" in self.kind.faults else persons):
            member = self.room.enter(person, liar=self.kind.liar if person == self.kind.seat else None)
            if self.kind.clocks_differ:
                member.me.clock_error = dice.choice(CLOCK_ERRORS)
        return Faults(self.room, self.kind, persons)

    def _is_settled(self) -> bool:
        if self._to_the_end or self.together_at is None or self.world.now - self.together_at < SETTLED:
            return False
        return Agreement(self.room, strict=True).lacks() == ""

    def _look(self, now: int) -> None:
        self.lacks = Agreement(self.room, now >= self.world.calm_at + CALM - LAST_LOOKS).lacks()
        if self.lacks != "":
            self.together_at = None
        elif self.together_at is None:
            self.together_at = now
