"""Two ends of one link, each with a real handshake, over a path that can stall, lose and repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from tests.fakes.clock import HandClock
from tests.fakes.links import LinkedChannels
from tests.fakes.people import Seat as Member
from tests.fakes.world import World
from widget.transport.happened import Arrived, Dropped, Happened, Lost, Opened
from widget.transport.link import Link
from widget.transport.seat import Seat
from widget.transport.signaling import Signaling
from widget.wire.packet import TAG_BIND, TAG_HELLO

NAMES = {TAG_HELLO: "H", TAG_BIND: "B"}
Prints = tuple[bytes, bytes] | None


class End:
    """One side. `said`: the packets it put on the path, as letters; `first` of them; `happened`: what its link told."""

    def __init__(self, world: World, me: Member, other: Member, prints: Prints, send: Callable[[bytes], None]) -> None:
        nobody = cast(Signaling, None)
        self.seat = Seat(world.platform(), me.session, me.credentials, nobody, None, True, True)
        self.happened: list[Happened] = []
        self.said = ""
        self.first = b""
        self.is_stalled = False
        self.is_slow = False
        self._held: list[bytes] = []
        self._unsaid: list[bytes] = []
        self._send = send
        self.link = Link(self.seat, other.sid, prints, self._put, self.happened.append)

    @property
    def opened(self) -> int:
        return len([event for event in self.happened if isinstance(event, Opened)])

    @property
    def drops(self) -> list[str]:
        return [event.reason for event in self.happened if isinstance(event, Dropped)]

    @property
    def errors(self) -> list[str]:
        lost = [event.error for event in self.happened if isinstance(event, Lost)]
        return [error.code for error in lost if error is not None]

    @property
    def arrived(self) -> list[bytes]:
        return [event.data for event in self.happened if isinstance(event, Arrived)]

    def take(self, packet: bytes) -> None:
        """A page that is stalled takes everything at once when it goes on."""
        if self.is_stalled or self.is_slow:
            self._held.append(packet)
        else:
            self.link.receive(packet)

    def go_on(self) -> None:
        self._say_late()
        held, self._held = self._held, []
        for packet in held:
            self.link.receive(packet)

    async def go_on_slowly(self, clock: HandClock, each_ms: int) -> None:
        """A page on a busy machine takes what waits for it one by one, and after it what has come meanwhile."""
        self._say_late()
        self.is_slow = True
        while len(self._held) > 0:
            self.link.receive(self._held.pop(0))
            await clock.advance(each_ms)
        self.is_slow = False

    def _say_late(self) -> None:
        self.is_stalled = False
        unsaid, self._unsaid = self._unsaid, []
        for packet in unsaid:
            self._put(packet)

    def _put(self, packet: bytes) -> None:
        """A timer of a stalled page fires once, late."""
        if self.is_stalled:
            self._unsaid = [*(said for said in self._unsaid if said != packet), packet]
            return
        self.first = self.first or packet
        self.said += NAMES.get(packet[0], "x")
        self._send(packet)


class Ends:
    """`one` and `other` with the path between them."""

    def __init__(self, world: World, one: Member, other: Member, prints: tuple[Prints, Prints] = (None, None)) -> None:
        self.clock: HandClock = world.clock
        self.path = LinkedChannels(world.clock)
        self.one = End(world, one, other, prints[0], lambda packet: self.path.send(0, packet))
        self.other = End(world, other, one, prints[1], lambda packet: self.path.send(1, packet))
        self.path.listeners = [self.one.take, self.other.take]

    def start(self) -> None:
        self.one.link.start()
        self.other.link.start()
