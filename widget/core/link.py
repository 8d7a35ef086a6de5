"""One path to one peer session: HELLO and BIND first, sealed packets after, nothing else ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widget.core.limits import HANDSHAKE_MS, HANDSHAKE_REPEAT_MS, HANDSHAKE_REST_MS, INBOX_PACKETS, PACKET_BYTES
from widget.core.waiting import Lane, report
from widget.crypto.handshake import TRANSPORT_DIRECT, Handshake
from widget.crypto.pair_channel import PairChannel
from widget.errors import ChatError, CwError
from widget.ports import Clock
from widget.wire.packet import TAG_BIND, TAG_FRAME, TAG_HELLO, TAG_PAIR

if TYPE_CHECKING:
    from widget.core.pair import Pair

HELLOS_KEPT: int = 8

IDLE: int = 0
GREETING: int = 1  # HELLO is said; open or resting within HANDSHAKE_MS
OPEN: int = 2
SILENT: int = 3  # open, but not to be used until the peer speaks again
RESTING: int = 4  # the handshake failed; no new one for a while
CLOSED: int = 5


class Link:
    """Tells its pair when it opens or fails, and the pair's room what arrives, each packet after the other."""

    def __init__(self, pair: Pair, transport: int, fingerprints: tuple[bytes, bytes]) -> None:
        clock = pair.peers.clock
        self._clock: Clock = clock
        self._pair: Pair = pair
        self._transport: int = transport
        self._fingerprints: tuple[bytes, bytes] = fingerprints
        self._state: int = IDLE
        self._inbox: Lane = Lane(clock, self._broken, INBOX_PACKETS)
        self._handshake: Handshake | None = None
        self._channel: PairChannel | None = None
        self._attempt: int = 0
        self._said: list[bytes] = []
        self._peer_hello: str = ""
        self._peer_bind: bytes = b""
        self._early_bind: bytes = b""
        self._old_hellos: list[str] = []
        self.is_direct: bool = transport == TRANSPORT_DIRECT
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
        self._attempt += 1
        attempt = self._attempt
        if self._peer_hello != "":
            self._old_hellos = [*self._old_hellos, self._peer_hello][-HELLOS_KEPT:]
        self._state = GREETING
        self._peer_hello = ""
        self._peer_bind = b""
        self._early_bind = b""
        self._channel = None
        handshake = self._pair.peers.handshake(self._pair.sid, self._transport, self._fingerprints)
        self._handshake = handshake
        self._said = [handshake.hello()]
        self._say(attempt)
        self._clock.after(HANDSHAKE_MS, lambda: self._too_late(attempt))

    def receive(self, packet: bytes) -> None:
        """Take a packet from the path, whoever put it there."""
        if len(packet) < 1 or len(packet) > PACKET_BYTES:
            self._pair.peers.count_drop("packet.size")
        elif not self._inbox.add(lambda: self._take(packet)):
            self._pair.peers.count_drop("packet.flood")

    def send(self, packet: bytes) -> None:
        if self.is_direct:
            self._pair.direct.send(packet)
        else:
            self._pair.peers.signaling.relay(self._pair.sid, packet)

    async def send_blob(self, blob: bytes) -> None:
        """Seal `blob` for the peer; nothing happens while the link is not open."""
        channel = self._channel
        if channel is not None:
            packet = await channel.seal(blob)
            if self._channel is channel:
                self.send(packet)

    def silent(self) -> None:
        """The peer should have spoken by now."""
        self._state = SILENT

    def close(self) -> None:
        self._state = CLOSED
        self._channel = None
        self._inbox.clear()

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
            self._pair.peers.count_drop("packet.tag")

    async def _take_hello(self, packet: bytes) -> None:
        text = packet.hex()
        if text == self._peer_hello:
            self._say_all()
            return
        if text in self._old_hellos:
            self._pair.peers.count_drop("hello.old")
            return
        if not self._welcomes_hello():
            self._pair.peers.count_drop("hello.unwanted")
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
            if self._pair.leads:
                return False
        elif self._state != IDLE and self.is_direct:
            return False
        self.greet()
        return True

    async def _take_bind(self, packet: bytes) -> None:
        if not self.is_greeting:
            if packet != self._peer_bind:
                self._pair.peers.count_drop("bind.unwanted")
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
        if peer is not None:
            self._channel = handshake.channel
            self._state = OPEN
            await self._pair.opened(self, peer)

    async def _take_sealed(self, tag: int, packet: bytes) -> None:
        pair = self._pair
        channel = self._channel
        if channel is None:
            pair.peers.count_drop("packet.early")
            return
        blob = b""
        if tag == TAG_PAIR:
            try:
                blob = await channel.open(packet)
            except CwError as error:
                pair.peers.count_drop(error.code)
                return
        self.heard_ms = self._clock.now_ms()
        if self._state == SILENT:
            self._state = OPEN
            pair.peers.changed(pair)
        if tag == TAG_PAIR:
            await pair.peers.take_blob(pair, blob)
        else:
            await pair.peers.take_frame(pair, packet)

    def _broken(self, error: Exception) -> None:
        self._pair.peers.count_drop("packet.error")
        report(self._clock, error)

    def _fail(self, error: ChatError) -> None:
        if self.is_greeting:
            self._state = RESTING
            attempt = self._attempt
            self._clock.after(HANDSHAKE_REST_MS, lambda: self._again(attempt))
            self._pair.failed(self, error)

    def _again(self, attempt: int) -> None:
        if attempt == self._attempt:
            self.start()
