"""One path to one peer session: HELLO and BIND first, sealed packets after, nothing else ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.core.connection_states import LINK, Phase
from widget.core.limits import HANDSHAKE_MS, HANDSHAKE_REPEAT_MS, HANDSHAKE_REST_MS, INBOX_PACKETS, PACKET_BYTES
from widget.core.waiting import Lane
from widget.crypto.handshake import Handshake
from widget.crypto.pair_channel import PairChannel
from widget.crypto.session import PeerSession
from widget.errors import ChatError, CwError
from widget.ports import Clock
from widget.wire.packet import TAG_BIND, TAG_FRAME, TAG_HELLO, TAG_PAIR

HELLOS_KEPT: int = 8


class LinkOwner(Protocol):
    """Whom a link tells. The async ones are awaited, so that a peer's packets are taken in their order."""

    async def link_open(self, link: Link, peer: PeerSession) -> None: ...
    async def link_frame(self, link: Link, packet: bytes) -> None: ...
    async def link_blob(self, link: Link, blob: bytes) -> None: ...
    def link_failed(self, link: Link, error: ChatError) -> None: ...
    def link_heard(self, link: Link) -> None: ...
    def count_drop(self, why: str) -> None: ...


class Link:
    """`kind` is "relay" or "direct". `leads` breaks ties: exactly one side of a pair has it."""

    def __init__(
        self,
        clock: Clock,
        kind: str,
        leads: bool,
        make_handshake: Callable[[], Handshake],
        transmit: Callable[[bytes], None],
        owner: LinkOwner,
    ) -> None:
        self._clock: Clock = clock
        self._leads: bool = leads
        self._make_handshake: Callable[[], Handshake] = make_handshake
        self._transmit: Callable[[bytes], None] = transmit
        self._owner: LinkOwner = owner
        self._phase: Phase = Phase(LINK, "idle")
        self._inbox: Lane = Lane(clock, self._broken, INBOX_PACKETS)
        self._handshake: Handshake | None = None
        self._channel: PairChannel | None = None
        self._attempt: int = 0
        self._said: list[bytes] = []
        self._peer_hello: bytes = b""
        self._peer_bind: bytes = b""
        self._early_bind: bytes = b""
        self._old_hellos: list[bytes] = []
        self.kind: str = kind
        self.heard_ms: int = clock.now_ms()

    @property
    def is_open(self) -> bool:
        return self._phase.now == "open"

    @property
    def is_greeting(self) -> bool:
        return self._phase.now == "greeting"

    @property
    def is_closed(self) -> bool:
        return self._phase.now == "closed"

    def start(self) -> None:
        """Say HELLO; open or failed within HANDSHAKE_MS."""
        if self._phase.move("start"):
            self._greet()

    def restart(self) -> None:
        """The way to the peer is a new one: a handshake that was under way or failed begins again."""
        if self.is_greeting:
            self._phase.move("failed")
        self.start()

    def receive(self, packet: bytes) -> None:
        """Take a packet from the path, whoever put it there."""
        if len(packet) < 1 or len(packet) > PACKET_BYTES:
            self._owner.count_drop("packet.size")
        elif not self.is_closed and not self._inbox.add(lambda: self._take(packet)):
            self._owner.count_drop("packet.flood")

    def send(self, packet: bytes) -> None:
        self._transmit(packet)

    async def send_blob(self, blob: bytes) -> None:
        """Seal `blob` for the peer; nothing happens while the link is not open."""
        channel = self._channel
        if channel is not None:
            packet = await channel.seal(blob)
            if self._channel is channel:
                self._transmit(packet)

    def silent(self) -> None:
        """The peer should have spoken by now: not to be used until it does."""
        self._phase.move("silent")

    def close(self) -> None:
        self._phase.move("close")
        self._channel = None
        self._inbox.clear()

    def _greet(self) -> None:
        self._attempt += 1
        attempt = self._attempt
        if len(self._peer_hello) > 0:
            self._old_hellos.append(self._peer_hello)
            self._old_hellos = self._old_hellos[-HELLOS_KEPT:]
        self._peer_hello = b""
        self._peer_bind = b""
        self._early_bind = b""
        self._channel = None
        self._handshake = self._make_handshake()
        self._said = [self._handshake.hello()]
        self._transmit(self._said[0])
        self._clock.after(HANDSHAKE_REPEAT_MS, lambda: self._repeat(attempt))
        self._clock.after(HANDSHAKE_MS, lambda: self._too_late(attempt))

    def _repeat(self, attempt: int) -> None:
        """A relay may drop packets: say it again. The peer knows the bytes and takes them once."""
        if attempt == self._attempt and self.is_greeting:
            self._say_again()
            self._clock.after(HANDSHAKE_REPEAT_MS, lambda: self._repeat(attempt))

    def _say_again(self) -> None:
        for packet in self._said:
            self._transmit(packet)

    def _too_late(self, attempt: int) -> None:
        if attempt == self._attempt:
            self._fail(ChatError("link.timeout", "A member did not answer in time; trying again soon."))

    async def _take(self, packet: bytes) -> None:
        tag = packet[0]
        if self.is_closed:
            return
        if tag == TAG_HELLO:
            await self._take_hello(packet)
        elif tag == TAG_BIND:
            await self._take_bind(packet)
        elif tag in (TAG_FRAME, TAG_PAIR):
            await self._take_sealed(tag, packet)
        else:
            self._owner.count_drop("packet.tag")

    async def _take_hello(self, packet: bytes) -> None:
        if packet == self._peer_hello:
            self._say_again()
            return
        if packet in self._old_hellos:
            self._owner.count_drop("hello.old")
            return
        if not self._make_room_for_hello():
            self._owner.count_drop("hello.unwanted")
            return
        self._peer_hello = packet
        await self._feed(packet)
        early = self._early_bind
        if len(early) > 0 and self.is_greeting:
            self._early_bind = b""
            await self._take_bind(early)

    def _make_room_for_hello(self) -> bool:
        """A HELLO starts an idle link, is answered by a greeting one, and begins an open one anew."""
        state = self._phase.now
        if state == "idle":
            self.start()
        elif state == "greeting" and len(self._peer_hello) > 0:
            if self._leads:
                return False
            self._phase.move("failed")
            self.start()
        elif state == "open" or state == "silent":
            if self.kind == "direct":
                return False
            self._phase = Phase(LINK, "idle")
            self.start()
        return self.is_greeting

    async def _take_bind(self, packet: bytes) -> None:
        if self.is_greeting and len(self._peer_hello) == 0:
            self._keep_bind(packet)
        elif self.is_greeting:
            self._peer_bind = packet
            await self._feed(packet)
        elif packet != self._peer_bind:
            self._owner.count_drop("bind.unwanted")

    def _keep_bind(self, packet: bytes) -> None:
        """The HELLO before it was lost or is late. Hearing mine again, the peer says both again."""
        if len(self._early_bind) == 0:
            self._say_again()
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
            self._transmit(answer)
        self.heard_ms = self._clock.now_ms()
        if handshake.done() and handshake.channel is not None and handshake.peer is not None:
            self._channel = handshake.channel
            self._phase.move("verified")
            await self._owner.link_open(self, handshake.peer)

    async def _take_sealed(self, tag: int, packet: bytes) -> None:
        channel = self._channel
        if channel is None:
            self._owner.count_drop("packet.early")
            return
        blob = b""
        if tag == TAG_PAIR:
            try:
                blob = await channel.open(packet)
            except CwError as error:
                self._owner.count_drop(error.code)
                return
        self.heard_ms = self._clock.now_ms()
        if self._phase.move("heard"):
            self._owner.link_heard(self)
        if tag == TAG_PAIR:
            await self._owner.link_blob(self, blob)
        else:
            await self._owner.link_frame(self, packet)

    def _broken(self, error: Exception) -> None:
        self._owner.count_drop("packet.error")
        self._clock.spawn(_raise(error))

    def _fail(self, error: ChatError) -> None:
        if not self._phase.move("failed"):
            return
        self._channel = None
        attempt = self._attempt
        self._clock.after(HANDSHAKE_REST_MS, lambda: self._again(attempt))
        self._owner.link_failed(self, error)

    def _again(self, attempt: int) -> None:
        if attempt == self._attempt:
            self.start()


async def _raise(error: Exception) -> None:
    raise error
