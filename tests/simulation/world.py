"""What all sessions stand in: time, chance, links, the rules, and who is which person."""

from __future__ import annotations

import random

from tests.simulation.links import Links
from tests.simulation.moments import SILENCE_IS_LONGER
from tests.simulation.rules import Rules
from tests.simulation.witness import FORGIVEN, Witness

HOST, MODERATOR = 0, 1  # the persons whom the room's genesis gives power
POWERFUL = (HOST, MODERATOR)


class World:
    """`dice` is the only source of chance: a seed gives the same run everywhere."""

    def __init__(self, seed: int, rules: Rules, loss: float, keeps_history: bool, asks: bool = False) -> None:
        """`asks`: signs of life are asked for, as in the chat; else each beat has those that are new."""
        self.dice = random.Random(seed)
        self.rules = rules
        self.asks = asks
        self.keeps_history = keeps_history  # else nobody reads what was said before he came
        self.links = Links(self.dice, loss)
        self.witness = Witness(FORGIVEN + (SILENCE_IS_LONGER if asks else 0))
        self.persons: dict[int, int] = {}
        self.ended: set[int] = set()  # sessions whose device was signed out: whoever asks the service is told
        self.now = 0
        self.calm_at = 0  # when faults end, and the honest have to come together
        self._may_read: dict[tuple[int, int], bool] = {}
        self._epochs = 0

    def leave(self, sid: int) -> None:
        """With a word, and for ever."""
        self.links.gone(sid)
        self.witness.left[sid] = self.now

    def pass_tick(self) -> None:
        self.now += 1
        self.links.now = self.now

    def next_epoch(self) -> int:
        self._epochs += 1
        return self._epochs

    def may_read(self, person: int, kid: int) -> bool:
        """Was this person in the room when it was said, or before on the same chain?"""
        if self.keeps_history:
            return True
        known = self._may_read.get((person, kid))
        if known is None:
            known = self._may_read[person, kid] = self._was_in(person, kid)
        return known

    def _was_in(self, person: int, kid: int) -> bool:
        epoch = self.witness.epochs.get(kid)
        while epoch is not None:
            if any(self.persons[sid] == person for sid in epoch.roster):
                return True
            epoch = self.witness.epochs.get(epoch.prev)
        return False
