"""A signaling service that lists, hides, delays, drops, repeats and makes up what it likes."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.fakes.signaling_service import FakeSocket, Place
from tests.fakes.world import World
from widget.wire.relayed import read_relay, write_relay
from widget.wire.socket import Member, PeerJoined, PeerLeft, Problem, Signal

Act = Callable[["LyingService"], None]
FATES = ["lost", "twice", "late 100", "late 900", "late 4000", ""]


class LyingService:
    """Of the one room of `world`; `stop` makes it tell the truth again, to whom it cuts off and lets come anew."""

    def __init__(self, world: World, seed: int) -> None:
        self._service = world.signaling
        self.dice = random.Random(seed)

    def act(self) -> None:
        self.dice.choice(ACTS)(self)

    def stop(self) -> None:
        self._service.fates.words = []
        self._service.cut()

    def _place(self) -> Place:
        return next(iter(self._service.rooms.values()))

    def _socket(self) -> FakeSocket | None:
        return self.dice.choice([seat.socket for seat in self._place().seats.values()])

    def _sid(self) -> str:
        return self.dice.choice([*self._place().seats, self.dice.randbytes(16).hex()])

    def misdirect(self) -> None:
        self._service.fates.words = [self.dice.choice(FATES) for _ in range(self.dice.randrange(30))]

    def hide(self) -> None:
        socket = self._socket()
        if socket is not None:
            socket.tell(PeerLeft(self._sid()))

    def list_somebody(self) -> None:
        socket = self._socket()
        if socket is not None:
            ghost = Member(self._sid(), self.dice.randbytes(16).hex(), "Ghost", self._service.clock.now_ms())
            socket.tell(PeerJoined(ghost))

    def list_again(self) -> None:
        socket = self._socket()
        if socket is not None:
            socket.tell(PeerJoined(self.dice.choice([seat.member for seat in self._place().seats.values()])))

    def cut(self) -> None:
        if self.dice.random() < 0.3:
            self._service.cut(self.dice.choice([seat.member.sub for seat in self._place().seats.values()]))

    def make_up(self) -> None:
        socket = self._socket()
        if socket is not None:
            packet = bytes([self.dice.choice([0x48, 0x42, 0xC1, 0xC3])]) + self.dice.randbytes(self.dice.randrange(300))
            socket.tell_bytes(write_relay(self._sid(), packet), 2)

    def pass_off(self) -> None:
        """What one sent as if another had."""
        relayed = [data for data in self._service.seen[-40:] if len(data) > 20 and data[0] == 1]
        socket = self._socket()
        if socket is not None and len(relayed) > 0:
            socket.tell_bytes(write_relay(self._sid(), read_relay(self.dice.choice(relayed))[1]), 2)

    def describe(self) -> None:
        socket = self._socket()
        if socket is not None:
            kind = self.dice.choice(["offer", "answer", "candidate"])
            socket.tell(Signal(self._sid(), kind, self.dice.choice(["", "v=0", "a=fingerprint:sha-256 00:11"])))

    def refuse(self) -> None:
        socket = self._socket()
        if socket is not None:
            socket.tell(Problem(self.dice.choice(["peer.unknown", "rate.limited", "odd"]), "", 1))


ACTS: list[Act] = [
    LyingService.misdirect, LyingService.hide, LyingService.list_somebody, LyingService.list_again, LyingService.cut,
    LyingService.make_up, LyingService.pass_off, LyingService.describe, LyingService.refuse,
]  # fmt: skip
