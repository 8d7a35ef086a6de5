"""The WebRTC side of a pair: offers, answers, candidates, and new attempts after a break.

The lower session id makes every offer, so offers never cross. Every offer is a new connection's and replaces the old:
ICE is not restarted, for not every stack can (docs/decisions.md, 20). What is sent and what comes passes one lane
in both browsers and the service keeps its order, so a candidate never overtakes the description it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.fingerprint import sdp_fingerprint
from widget.errors import ChatError, CwError, UnreachableError
from widget.ports import Clock, PeerConnection
from widget.transport.happened import Dropped, Happened, Lost
from widget.transport.limits import (
    CHANNEL_HIGH_BYTES,
    DIRECT_AGAIN_LAST_MS,
    DIRECT_AGAIN_MS,
    DIRECT_DEAD_MS,
    DIRECT_FIRST_MS,
    DIRECT_GOOD_MS,
    DIRECT_SILENT_MS,
)
from widget.transport.link import Link
from widget.transport.seat import Seat
from widget.transport.waiting import Lane
from widget.wire.client_text import write_signal
from widget.wire.notes import PROBE

SIGNALS_WAITING: int = 96
CHANNEL_QUEUE: int = 1024


class Direct:
    """At most one live connection, whose `PeerEvents` it is, and the link over its channel once that is open."""

    def __init__(self, seat: Seat, sid: str, tell: Callable[[Happened], None]) -> None:
        clock = seat.clock
        self._clock: Clock = clock
        self._seat: Seat = seat
        self._sid: str = sid
        self._leads: bool = seat.sid < sid
        self._tell: Callable[[Happened], None] = tell
        self._lane: Lane = Lane(clock, SIGNALS_WAITING, self._failed)
        self._connection: PeerConnection | None = None
        self._local: bytes = b""
        self._remote: bytes = b""
        self._awaits_answer: bool = False
        self._queue: list[bytes] = []
        self._is_full: bool = False
        self._pause_ms: int = DIRECT_AGAIN_MS
        self._opened_ms: int = 0
        self._cancel: Callable[[], None] = lambda: None
        self._is_off: bool = not seat.uses_direct
        self.is_turn: bool = False
        self.link: Link | None = None

    def start(self) -> None:
        """Make an offer, or wait for one."""
        if self._is_off:
            return
        if self._leads:
            self._lane.add(self._offer)
        else:
            self._clock.after(DIRECT_FIRST_MS, lambda: self._too_late(None))

    def signalled(self, kind: str, data: str) -> None:
        """The peer's offer, answer or candidate."""
        if self._is_off or not self._lane.add(lambda: self._take(kind, data)):
            self._tell(Dropped("signal.unwanted"))

    def send(self, packet: bytes) -> None:
        """Queue for the channel; lost when it breaks, and then what was not confirmed is sent again."""
        connection = self._connection
        if connection is None:
            return
        if self._is_full:
            if len(self._queue) < CHANNEL_QUEUE:
                self._queue.append(packet)
            return
        try:
            self._is_full = connection.send(packet) > CHANNEL_HIGH_BYTES
        except UnreachableError:
            self.give_up()

    def look(self) -> None:
        """From time to time: has the channel fallen silent?"""
        link = self.link
        if link is None:
            return
        silent_ms = self._clock.steady_ms() - link.heard_ms
        if silent_ms > DIRECT_DEAD_MS:
            self.give_up()
        elif silent_ms > DIRECT_SILENT_MS:
            self.doubt()

    def doubt(self) -> None:
        """The channel should have spoken by now: nothing goes through it until it does."""
        link = self.link
        if link is not None:
            link.silent()
            self._clock.spawn(link.send_blob(bytes([PROBE])))

    def asked(self) -> None:
        """The peer's end is gone, so ours is worth nothing. One that asks while we are at it changes nothing."""
        if self.link is not None:
            self.give_up()

    def give_up(self) -> None:
        """This connection is no good (it broke, its handshake failed, it fell silent): try another later.

        Only one that was good for a while makes the pause short again; the peer cannot, however often it asks.
        """
        if self._clock.steady_ms() - self._opened_ms > DIRECT_GOOD_MS and self.link is not None:
            self._pause_ms = DIRECT_AGAIN_MS
        self._drop()
        if self._leads and not self._is_off:
            self._cancel()
            self._cancel = self._clock.after(self._pause_ms, self.start)
            self._pause_ms = min(self._pause_ms * 2, DIRECT_AGAIN_LAST_MS)

    def close(self) -> None:
        self._is_off = True
        self._lane.clear()
        self._drop()

    def _drop(self) -> None:
        connection = self._connection
        link = self.link
        self._connection = None
        self.link = None
        self._awaits_answer = False
        self._queue = []
        if connection is not None:
            connection.close()
        if link is not None:
            was_open = not link.is_greeting
            link.close()
            if was_open:
                self._tell(Lost(True))

    async def _offer(self) -> None:
        if self._connection is not None or self._is_off:
            return
        connection = self._connect()
        sdp = await connection.offer()
        self._local = sdp_fingerprint(sdp)
        if connection is self._connection:
            self._awaits_answer = True
            await self._signal("offer", sdp)

    async def _take(self, kind: str, data: str) -> None:
        seal = self._seat.seal
        if seal is not None:
            data = await seal.open(self._sid, kind, data)
        if kind == "candidate":
            await self._take_candidate(data)
        elif kind == "offer" and not self._leads:
            await self._take_offer(data)
        elif kind == "answer" and self._awaits_answer:
            await self._take_answer(data)
        else:
            self._tell(Dropped("signal.unwanted"))

    async def _take_candidate(self, candidate: str) -> None:
        """One that does not fit (it may belong to an earlier connection) changes nothing."""
        try:
            if self._connection is not None:
                await self._connection.add_candidate(candidate)
                return
        except ChatError:
            pass
        self._tell(Dropped("signal.unwanted"))

    async def _take_offer(self, sdp: str) -> None:
        self._remote = sdp_fingerprint(sdp)
        self._drop()
        connection = self._connect()
        answer = await connection.answer(sdp)
        self._local = sdp_fingerprint(answer)
        if connection is self._connection:
            await self._signal("answer", answer)

    async def _take_answer(self, sdp: str) -> None:
        self._remote = sdp_fingerprint(sdp)
        self._awaits_answer = False
        if self._connection is not None:
            await self._connection.accept(sdp)

    async def _signal(self, kind: str, data: str) -> None:
        seal = self._seat.seal
        if seal is not None:
            data = await seal.seal(self._sid, kind, data)
        self._seat.signaling.send(write_signal(self._sid, kind, data))

    def _connect(self) -> PeerConnection:
        connection = self._seat.connect(self)
        self._connection = connection
        self._is_full = False
        self._clock.after(DIRECT_FIRST_MS, lambda: self._too_late(connection))
        return connection

    async def _learn(self) -> None:
        if self._connection is not None:
            self.is_turn = await self._connection.uses_turn()

    def _too_late(self, connection: PeerConnection | None) -> None:
        if connection is self._connection and self.link is None:
            self._tell(Lost(True, UnreachableError("rtc.refused", "The direct connection could not be made.")))
            self.give_up()

    def _failed(self, error: Exception) -> None:
        """A description that cannot be used, or a stack that refuses: counted, and tried again later."""
        if isinstance(error, CwError):
            self._tell(Dropped(error.code))
        else:
            self._tell(Dropped("direct.error"))
            self.give_up()

    # What the connection tells.

    def candidate(self, candidate: str) -> None:
        self._lane.add(lambda: self._signal("candidate", candidate))

    def opened(self) -> None:
        self._opened_ms = self._clock.steady_ms()
        link = Link(self._seat, self._sid, (self._local, self._remote), self.send, self._hear)
        self.link = link
        link.start()
        self._clock.spawn(self._learn())

    def message(self, data: bytes) -> None:
        if self.link is not None:
            self.link.receive(data)

    def writable(self) -> None:
        self._is_full = False
        queue = self._queue
        self._queue = []
        for packet in queue:
            self.send(packet)

    def unsteady(self) -> None:
        self.doubt()

    def closed(self) -> None:
        self.give_up()

    def _hear(self, happened: Happened) -> None:
        """What the link tells. A channel to somebody else is no good; a peer that is slow may still answer."""
        self._tell(happened)
        if isinstance(happened, Lost) and isinstance(happened.error, CwError):
            self.give_up()
