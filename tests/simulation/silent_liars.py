"""Liars that say nothing new: they give nothing, claim to hold what others hold, or say again what they heard."""

from __future__ import annotations

from tests.simulation.event import Event
from tests.simulation.liar import Liar
from tests.simulation.moments import LONG_AGO, ticks
from tests.simulation.packets import (
    AskBook,
    AskCredential,
    AskEpoch,
    Beat,
    BookPart,
    Frame,
    Grant,
    Held,
    Packet,
    Seek,
    Want,
)

TAPE = 400
Asked = Want | AskEpoch | AskCredential | AskBook | Seek
Recorded = Beat | BookPart | Grant | Frame | Held


class Withholder(Liar):
    """In its turn, sees everything, and does nothing but say that it is here."""

    def tick(self) -> list[Event]:
        if self.me.world.now % ticks(3) == 0:
            self.beat()
        return []

    def receive(self, sender: int, packet: Packet) -> None:
        if not isinstance(packet, Asked):
            super().receive(sender, packet)


class Mirror(Liar):
    """Tells everybody that it holds just what they hold, with numbers of epochs that do not exist."""

    def receive(self, sender: int, packet: Packet) -> None:
        if not isinstance(packet, Asked):
            super().receive(sender, packet)

    def lie(self, now: int, others: list[int]) -> None:
        assert self.chain.current is not None
        number = self.chain.current.number
        for sid in self.me.peers:
            other = self._room[sid]
            self.me.send(sid, other.sync.held())
            claimed = self._dice.choice([65_536 + number, 4_000_000_000, (1 << 32) - 1, number + 7])
            self.me.send(sid, Beat(claimed, self._dice.randrange(1 << 62), other.sync.digest(), {}))


class Replayer(Liar):
    """Sends what it heard to anybody, as if it were its own."""

    _tape: tuple[Packet, ...] = ()

    def receive(self, sender: int, packet: Packet) -> None:
        if isinstance(packet, Recorded) and len(self._tape) < TAPE:
            self._tape = (*self._tape, packet)
        super().receive(sender, packet)

    def lie(self, now: int, others: list[int]) -> None:
        for _ in range(4 if self._tape else 0):
            sid = self._dice.choice(self.me.peers or [self.me.sid])
            self.me.send(sid, self._dice.choice(self._tape))


class Reviver(Liar):
    """Asks everybody after everybody, and says again each sign of life that it heard."""

    def lie(self, now: int, others: list[int]) -> None:
        for sid in self.me.peers:
            whom = self._dice.choice(list(self._room))
            self.me.send(sid, Seek(whom, LONG_AGO))
            for sign in self.asking.signs():
                self.me.send(sid, sign)
