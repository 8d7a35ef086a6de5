"""One page in the room, as its parts see it: who it is, and its way to the others."""

from __future__ import annotations

from collections.abc import Hashable

from tests.simulation.moments import LONG_AGO
from tests.simulation.packets import Packet
from tests.simulation.world import World

ASK_AGAIN = 3  # ticks until the same is asked of the same again


class Session:
    def __init__(self, world: World, sid: int, person: int) -> None:
        self.world = world
        self.rules = world.rules
        self.sid = sid
        self.person = person
        self.is_liar = False
        self.has_news = False  # the next tick has a beat
        self.clock_error = 0  # ticks by which its clock is fast
        self._entered = world.now
        self._asked: dict[Hashable, int] = {}

    @property
    def is_alive(self) -> bool:
        return self.sid in self.world.links.alive

    @property
    def age(self) -> int:
        """How long it has been in the room."""
        return self.world.now - self._entered

    @property
    def peers(self) -> list[int]:
        return self.world.links.peers(self.sid)

    def send(self, sid: int, packet: Packet) -> None:
        self.world.links.send(self.sid, sid, packet)

    def tell_all(self, packet: Packet) -> None:
        for sid in self.peers:
            self.send(sid, packet)

    def ask(self, sid: int, packet: Packet, about: int = 0, again: int = ASK_AGAIN) -> None:
        """The same question goes to the same session once in a while."""
        question = sid, type(packet), about
        if self.world.now - self._asked.get(question, LONG_AGO) >= again:
            self._asked[question] = self.world.now
            self.send(sid, packet)
