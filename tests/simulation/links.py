"""Everything between sessions: what is lost, doubled, late, cut in parts or never carried."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

from tests.simulation.packets import Packet

DOUBLED = 0.05
SLOWEST = 3  # ticks that a packet takes at most

Carried = tuple[int, int, Packet]


class Links:
    def __init__(self, dice: random.Random, loss: float) -> None:
        self._dice = dice
        self.loss = loss
        self.side: dict[int, int] = {}  # of everybody who ever was here; packets do not cross sides
        self.alive: dict[int, None] = {}  # in order of entry
        self.severed: set[tuple[int, int]] = set()  # pairs, lower first, between which nothing is ever carried
        self.hidden: set[tuple[int, int]] = set()  # (who, whom) the server does not name
        self.carried: Counter[type] = Counter()
        self._under_way: dict[int, list[Carried]] = {}
        self.now = 0

    def enter(self, sid: int, side: int) -> None:
        self.side[sid] = side
        self.alive[sid] = None

    def gone(self, sid: int) -> None:
        self.alive.pop(sid, None)

    def peers(self, sid: int) -> list[int]:
        """Whom the server names to this one."""
        hidden = self.hidden
        return [other for other in self.alive if other != sid and not (hidden and (sid, other) in hidden)]

    def send(self, sender: int, receiver: int, packet: Packet) -> None:
        dice = self._dice
        self.carried[type(packet)] += 1
        if dice.random() < self.loss:
            return
        for _ in range(2 if dice.random() < DOUBLED else 1):
            due = self.now + 1 + dice.randrange(SLOWEST)
            self._under_way.setdefault(due, []).append((sender, receiver, packet))

    def due(self) -> Iterable[Carried]:
        for sender, receiver, packet in self._under_way.pop(self.now, ()):
            if self._passes(sender, receiver):
                yield sender, receiver, packet

    def _passes(self, sender: int, receiver: int) -> bool:
        if receiver not in self.alive or self.side[sender] != self.side[receiver]:
            return False
        return not self.severed or (min(sender, receiver), max(sender, receiver)) not in self.severed

    def sever(self, one: int, other: int) -> None:
        self.severed.add((min(one, other), max(one, other)))

    def hide(self, sid: int, others: Iterable[int]) -> None:
        for other in others:
            self.hidden |= {(sid, other), (other, sid)}

    def heal(self, loss: float) -> None:
        """One side for all. What the server does not carry it still does not."""
        self.side = dict.fromkeys(self.side, 0)
        self.loss = loss
