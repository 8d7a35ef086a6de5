"""One path to one peer session: HELLO and BIND first, sealed packets after, nothing else ever."""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.handshake import Handshake
from widget.errors import ChatError, CwError
from widget.ports import Clock
from widget.transport.bucket import Bucket
from widget.transport.happened import Arrived, Dropped, Happened, Lost, Opened
from widget.transport.limits import (
    BUSY_MS,
    HANDSHAKE_AGAIN_MS,
    HANDSHAKE_ECHO_MS,
    HANDSHAKE_MS,
    HANDSHAKE_REPEAT_LAST_MS,
    HANDSHAKE_REPEAT_MS,
    HANDSHAKE_REST_MS,
    INBOX_PACKETS,
    PACKET_BURST,
    PACKET_BYTES,
    PACKET_EACH_MS,
    REPEATS_ANSWERED,
)
from widget.transport.seat import Seat
from widget.transport.waiting import Lane
from widget.wire.handshake import Bind, read_bind, read_hello
from widget.wire.packet import TAG_BIND, TAG_FRAME, TAG_HELLO, TAG_PAIR

IDLE: int = 0
GREETING: int = 1  # HELLO is said; the relay's is open or resting within HANDSHAKE_MS, the next time twice that
OPEN: int = 2
SILENT: int = 3  # open, but not to be used until the peer speaks again
RESTING: int = 4  # the handshake failed; no new one for a while
CLOSED: int = 5

# The states that may follow each state.
MOVES: list[list[int]] = [
    [GREETING, CLOSED],
    [GREETING, OPEN, RESTING, CLOSED],
    [GREETING, SILENT, CLOSED],
    [GREETING, OPEN, CLOSED],
    [GREETING, CLOSED],
    [],
]


class Link:
    """Puts packets on its path with `send`, and tells what happens on it in order."""

    def __init__(
        self,
        seat: Seat,
        sid: str,
        fingerprints: tuple[bytes, bytes] | None,
        send: Callable[[bytes], None],
        tell: Callable[[Happened], None],
    ) -> None:
        """`fingerprints` are those of a direct path, (local, remote); a relayed one has none."""
        clock = seat.clock
        self._clock: Clock = clock
        self._seat: Seat = seat
        self._sid: str = sid
        self._fingerprints: tuple[bytes, bytes] | None = fingerprints
        self._tell: Callable[[Happened], None] = tell
        self._state: int = IDLE
        self._inbox: Lane = Lane(clock, INBOX_PACKETS)
        self._handshake: Handshake | None = None
        self._budget: Bucket = Bucket(clock, PACKET_BURST, PACKET_EACH_MS)
        self._said: list[bytes] = []
        self._said_ms: int = 0
        self._bound: int = 0  # the peer's attempt that opened the link: what is not newer is an echo
        self._repeats: int = 0
        self._is_refused: bool = False
        self._pause_ms: int = HANDSHAKE_AGAIN_MS
        self.send: Callable[[bytes], None] = send
        self.is_direct: bool = fingerprints is not None
        self.heard_ms: int = clock.steady_ms()

    @property
    def is_open(self) -> bool:
        return self._state == OPEN

    @property
    def is_greeting(self) -> bool:
        return self._state == GREETING

    def start(self) -> None:
        """Begin, or try again after a failure; nothing happens to a link that is under way."""
        if self._state == IDLE or self._state == RESTING:
            self.greet()

    def greet(self) -> None:
        """Say HELLO, whatever went before."""
        if not self._move(GREETING):
            return
        handshake = self._seat.handshake(self._sid, self._fingerprints)
        self._handshake = handshake
        self._said = [handshake.hello()]
        self._repeats = 0
        self._is_refused = False
        self._say(handshake, HANDSHAKE_REPEAT_MS)
        limit_ms = self._pause_ms * HANDSHAKE_MS // HANDSHAKE_AGAIN_MS  # an answer that takes longer comes in the end
        self._clock.after(limit_ms - BUSY_MS, lambda: self._nearly_too_late(handshake))

    def receive(self, packet: bytes) -> None:
        """Take a packet from the path, whoever put it there."""
        at_ms = self._clock.steady_ms()
        if len(packet) < 1 or len(packet) > PACKET_BYTES:
            self._tell(Dropped("packet.size"))
        elif self._budget.has() and self._inbox.add(lambda: self._take(packet, at_ms)):
            self._budget.take(1)
        else:
            self._tell(Dropped("packet.flood"))

    async def send_blob(self, blob: bytes) -> None:
        """Seal `blob` for the peer; nothing happens while the link is not open."""
        handshake = self._handshake
        if handshake is not None and handshake.channel is not None:
            packet = await handshake.channel.seal(blob)
            if self._handshake is handshake:
                self.send(packet)

    def silent(self) -> None:
        """The peer should have spoken by now."""
        if self._move(SILENT):
            self._tell(Lost(self.is_direct))

    def close(self) -> None:
        self._move(CLOSED)
        self._handshake = None
        self._inbox.clear()

    def _move(self, state: int) -> bool:
        """False where the table has no such move: then nothing changes."""
        if state not in MOVES[self._state]:
            return False
        self._state = state
        return True

    def _say(self, handshake: Handshake, again_ms: int) -> None:
        """A relay may drop packets, so there it is said again and again; the peer knows the number and takes it once.

        A channel loses nothing while it lives: a peer that stands still finds one HELLO there, or two, when it goes on.
        """
        if handshake is self._handshake and self.is_greeting:
            self._say_all()
            if not self.is_direct:
                next_ms = max(HANDSHAKE_REPEAT_LAST_MS, self._pause_ms // 2)
                self._clock.after(again_ms, lambda: self._say(handshake, next_ms))

    def _say_all(self) -> None:
        self._said_ms = self._clock.steady_ms()
        for packet in self._said:
            self.send(packet)

    def _nearly_too_late(self, handshake: Handshake) -> None:
        """In a page that was busy the answer lies behind the timer: what came meanwhile is read before the next one."""
        self._clock.after(BUSY_MS, lambda: self._too_late(handshake))

    def _too_late(self, handshake: Handshake) -> None:
        if handshake is not self._handshake or not self.is_greeting:
            return
        error = ChatError("link.timeout", "No answer in time.")
        if self.is_direct:
            self._say_all()  # once more, for a HELLO that came before the other end listened; then it is waited for
            self._tell(Lost(True, error))
        else:
            self._fail(error)

    async def _take(self, packet: bytes, at_ms: int) -> None:
        tag = packet[0]
        if self._state == CLOSED:
            return
        try:
            if tag == TAG_HELLO:
                await self._take_hello(packet, read_hello(packet).attempt, at_ms)
            elif tag == TAG_BIND:
                await self._take_bind(packet, read_bind(packet), at_ms)
            elif tag in (TAG_FRAME, TAG_PAIR):
                await self._take_sealed(tag, packet)
            else:
                self._tell(Dropped("packet.tag"))
        except CwError as error:
            self._tell(Dropped(error.code))

    async def _take_hello(self, packet: bytes, attempt: int, at_ms: int) -> None:
        handshake = self._handshake
        answered = 0 if handshake is None else handshake.answered
        if attempt == answered:
            self._answer_again(at_ms - HANDSHAKE_ECHO_MS * min(self._repeats, 1))
        elif attempt <= max(answered, self._bound) or not self._welcomes():
            self._tell(Dropped("hello.unwanted"))
        else:
            await self._feed(packet)

    def _answer_again(self, since_ms: int) -> None:
        """The peer says again what I have answered: it has not heard what I said up to then, if anything.

        The first time it may have heard BIND alone; the next echo waited in a page that was busy, its own or mine.
        """
        if since_ms <= self._said_ms or self._repeats >= REPEATS_ANSWERED:
            return
        self._repeats += 1
        if self.is_greeting:
            self._say_all()
        else:
            self._said_ms = self._clock.steady_ms()
            self.send(self._said[-1])

    def _welcomes(self) -> bool:
        """A new HELLO starts an idle link, is answered by a greeting one, begins an open one anew (the relay's only).

        A peer that answers too late is better than none; one that was refused waits.
        """
        if self.is_greeting:
            return True
        if (self._state == RESTING and self._is_refused) or (self._bound > 0 and self.is_direct):
            return False
        self.greet()
        return True

    async def _take_bind(self, packet: bytes, bind: Bind, at_ms: int) -> None:
        handshake = self._handshake
        if handshake is None or bind.answered != handshake.attempt or not self.is_greeting:
            self._tell(Dropped("bind.unwanted"))
        elif bind.attempt == handshake.answered:
            await self._feed(packet)
        else:
            self._answer_again(at_ms)  # the HELLO before it was lost: hearing mine again, the peer says both again

    async def _feed(self, packet: bytes) -> None:
        handshake = self._handshake
        if handshake is None:
            return
        try:
            answers = await handshake.receive(packet, self._clock.now_ms())
        except CwError as error:
            if self._handshake is handshake:
                self._is_refused = True
                self._fail(error)
            return
        if self._handshake is not handshake or not self.is_greeting:
            return
        for answer in answers:
            self._said = [handshake.hello(), answer]
            self._said_ms = self._clock.steady_ms()
            self.send(answer)
        self.heard_ms = self._clock.steady_ms()
        peer = handshake.peer
        if peer is not None and self._move(OPEN):
            self._bound = handshake.answered
            self._pause_ms = HANDSHAKE_AGAIN_MS
            self._tell(Opened(self.is_direct, peer, handshake.heard, handshake.said))

    async def _take_sealed(self, tag: int, packet: bytes) -> None:
        handshake = self._handshake
        if handshake is None or handshake.channel is None or handshake.peer is None:
            self._tell(Dropped("packet.early"))
            return
        data = await handshake.channel.open(packet) if tag == TAG_PAIR else packet
        self.heard_ms = self._clock.steady_ms()
        if self._state == SILENT and self._move(OPEN):
            self._tell(Opened(self.is_direct, handshake.peer))
        self._tell(Arrived(tag, data) if len(data) > 0 else Dropped("packet.size"))

    def _fail(self, error: ChatError) -> None:
        """Who was refused waits for long; who did not answer in time is tried again soon, then less often."""
        if self._move(RESTING):
            handshake = self._handshake
            pause_ms = HANDSHAKE_REST_MS
            if not self._is_refused:
                pause_ms = self._pause_ms
                self._pause_ms = min(pause_ms * 2, HANDSHAKE_REST_MS)
            self._clock.after(pause_ms, lambda: self._again(handshake))
            self._tell(Lost(self.is_direct, error))

    def _again(self, handshake: Handshake | None) -> None:
        if handshake is self._handshake:
            self.start()
