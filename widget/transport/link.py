"""One path to one peer session: HELLO and BIND first, sealed packets after, nothing else ever."""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.handshake import Handshake
from widget.crypto.pair_channel import PairChannel
from widget.crypto.session import PeerSession
from widget.errors import ChatError, CwError
from widget.ports import Clock
from widget.transport.happened import Arrived, Dropped, Happened, Lost, Opened
from widget.transport.limits import HANDSHAKE_MS, HANDSHAKE_REPEAT_MS, HANDSHAKE_REST_MS, INBOX_PACKETS, PACKET_BYTES
from widget.transport.seat import Seat
from widget.transport.waiting import Lane, report
from widget.wire.packet import TAG_BIND, TAG_FRAME, TAG_HELLO, TAG_PAIR

HELLOS_KEPT: int = 8

IDLE: int = 0
GREETING: int = 1  # HELLO is said; open or resting within HANDSHAKE_MS
OPEN: int = 2
SILENT: int = 3  # open, but not to be used until the peer speaks again
RESTING: int = 4  # the handshake failed; no new one for a while
CLOSED: int = 5

# The states that may follow each state. A direct link greets once: a new channel has a new link.
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
        self._leads: bool = seat.sid < sid
        self._fingerprints: tuple[bytes, bytes] | None = fingerprints
        self._tell: Callable[[Happened], None] = tell
        self._state: int = IDLE
        self._inbox: Lane = Lane(clock, self._broken, INBOX_PACKETS)
        self._handshake: Handshake | None = None
        self._channel: PairChannel | None = None
        self._peer: PeerSession | None = None
        self._attempt: int = 0
        self._said: list[bytes] = []
        self._peer_hello: str = ""
        self._peer_bind: bytes = b""
        self._early_bind: bytes = b""
        self._old_hellos: list[str] = []
        self.send: Callable[[bytes], None] = send
        self.is_direct: bool = fingerprints is not None
        self.heard_ms: int = clock.now_ms()

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
        self._attempt += 1
        attempt = self._attempt
        if self._peer_hello != "":
            self._old_hellos = [*self._old_hellos, self._peer_hello][-HELLOS_KEPT:]
        self._peer_hello = ""
        self._peer_bind = b""
        self._early_bind = b""
        self._channel = None
        handshake = self._seat.handshake(self._sid, self._fingerprints)
        self._handshake = handshake
        self._said = [handshake.hello()]
        self._say(attempt)
        self._clock.after(HANDSHAKE_MS, lambda: self._too_late(attempt))

    def receive(self, packet: bytes) -> None:
        """Take a packet from the path, whoever put it there."""
        if len(packet) < 1 or len(packet) > PACKET_BYTES:
            self._drop("packet.size")
        elif not self._inbox.add(lambda: self._take(packet)):
            self._drop("packet.flood")

    async def send_blob(self, blob: bytes) -> None:
        """Seal `blob` for the peer; nothing happens while the link is not open."""
        channel = self._channel
        if channel is not None:
            packet = await channel.seal(blob)
            if self._channel is channel:
                self.send(packet)

    def silent(self) -> None:
        """The peer should have spoken by now."""
        if self._move(SILENT):
            self._tell(Lost(self.is_direct))

    def close(self) -> None:
        self._move(CLOSED)
        self._channel = None
        self._inbox.clear()

    def _move(self, state: int) -> bool:
        """False where the table has no such move: then nothing changes."""
        if state not in MOVES[self._state]:
            return False
        self._state = state
        return True

    def _drop(self, reason: str) -> None:
        self._tell(Dropped(reason))

    def _say(self, attempt: int) -> None:
        """A relay may drop packets, so it is said again and again; the peer knows the bytes and takes them once."""
        if attempt == self._attempt and self.is_greeting:
            self._say_all()
            self._clock.after(HANDSHAKE_REPEAT_MS, lambda: self._say(attempt))

    def _say_all(self) -> None:
        for packet in self._said:
            self.send(packet)

    def _too_late(self, attempt: int) -> None:
        if attempt == self._attempt:
            self._fail(ChatError("link.timeout", "A member did not answer in time."))

    async def _take(self, packet: bytes) -> None:
        tag = packet[0]
        if self._state == CLOSED:
            return
        if tag == TAG_HELLO:
            await self._take_hello(packet)
        elif tag == TAG_BIND:
            await self._take_bind(packet)
        elif tag in (TAG_FRAME, TAG_PAIR):
            await self._take_sealed(tag, packet)
        else:
            self._drop("packet.tag")

    async def _take_hello(self, packet: bytes) -> None:
        text = packet.hex()
        if text == self._peer_hello:
            self._say_all()
            return
        if text in self._old_hellos:
            self._drop("hello.old")
            return
        if not self._welcomes_hello():
            self._drop("hello.unwanted")
            return
        self._peer_hello = text
        await self._feed(packet)
        early = self._early_bind
        if len(early) > 0 and self.is_greeting:
            self._early_bind = b""
            await self._take_bind(early)

    def _welcomes_hello(self) -> bool:
        """A HELLO starts an idle link, is answered by a greeting one, and begins an open one anew (the relay's only).

        Two that were said at once are both answered; a second one then is followed by the side that does not lead.
        """
        if self._state == RESTING:
            return False
        if self.is_greeting:
            if self._peer_hello == "":
                return True
            if self._leads:
                return False
        elif self._state != IDLE and self.is_direct:
            return False
        self.greet()
        return True

    async def _take_bind(self, packet: bytes) -> None:
        if not self.is_greeting:
            if packet != self._peer_bind:
                self._drop("bind.unwanted")
        elif self._peer_hello != "":
            self._peer_bind = packet
            await self._feed(packet)
        else:
            self._keep_bind(packet)

    def _keep_bind(self, packet: bytes) -> None:
        """The HELLO before it was lost or is late. Hearing mine again, the peer says both again."""
        if len(self._early_bind) == 0:
            self._say_all()
        self._early_bind = packet

    async def _feed(self, packet: bytes) -> None:
        handshake = self._handshake
        if handshake is None:
            return
        try:
            answers = await handshake.receive(packet, self._clock.now_ms())
        except CwError as error:
            if self._handshake is handshake:
                self._fail(error)
            return
        if self._handshake is not handshake or not self.is_greeting:
            return
        for answer in answers:
            self._said.append(answer)
            self.send(answer)
        self.heard_ms = self._clock.now_ms()
        peer = handshake.peer
        if peer is not None and self._move(OPEN):
            self._channel = handshake.channel
            self._peer = peer
            self._tell(Opened(peer))

    async def _take_sealed(self, tag: int, packet: bytes) -> None:
        channel = self._channel
        peer = self._peer
        if channel is None or peer is None:
            self._drop("packet.early")
            return
        data = packet
        if tag == TAG_PAIR:
            try:
                data = await channel.open(packet)
            except CwError as error:
                self._drop(error.code)
                return
        self.heard_ms = self._clock.now_ms()
        if self._state == SILENT and self._move(OPEN):
            self._tell(Opened(peer))
        self._tell(Arrived(tag, data))

    def _broken(self, error: Exception) -> None:
        self._drop("packet.error")
        report(self._clock, error)

    def _fail(self, error: ChatError) -> None:
        if self._move(RESTING):
            attempt = self._attempt
            self._clock.after(HANDSHAKE_REST_MS, lambda: self._again(attempt))
            self._tell(Lost(self.is_direct, error))

    def _again(self, attempt: int) -> None:
        if attempt == self._attempt:
            self.start()
