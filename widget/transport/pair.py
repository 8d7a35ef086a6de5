"""One peer session and the paths to it: the relay at once, the direct channel as soon as it is verified."""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.session import PeerSession
from widget.transport.direct import Direct
from widget.transport.happened import Arrived, Dropped, Happened, Lost, Opened
from widget.transport.limits import DIRECT_LATE_MS
from widget.transport.link import Link
from widget.transport.seat import Seat
from widget.wire.notes import DIRECT, PROBE
from widget.wire.packet import TAG_PAIR


class Pair:
    """`peer` is what the other side proved. What happens goes to `tell`, in order for each path."""

    def __init__(self, seat: Seat, sid: str, tell: Callable[[Happened], None]) -> None:
        self._seat: Seat = seat
        self._tell: Callable[[Happened], None] = tell
        self._leads: bool = seat.sid < sid  # breaks ties: exactly one side of a pair has it
        self.sid: str = sid
        self.is_closed: bool = False
        self.has_failed: bool = False
        self.peer: PeerSession | None = None
        self.relay: Link = Link(seat, sid, None, lambda packet: seat.signaling.relay(sid, packet), self._hear_relay)
        self.direct: Direct = Direct(seat, sid, self._hear)

    @property
    def is_settled(self) -> bool:
        """The first try is over, well or badly."""
        return self.peer is not None or self.has_failed

    def start(self) -> None:
        """Both at once: waiting with WebRTC until the relay's handshake is done was measured to be slower.

        Also when we are back at the service: what is open goes on, what is under way says itself again. What took us
        from the service may have taken the channel too: where it has said nothing since, both ends have it speak.
        """
        if self._seat.has_relay():
            self.relay.start()
        self.direct.start()
        direct = self.direct.link
        if direct is not None and direct.is_open and direct.heard_ms <= self._seat.signaling.cut_ms:
            self.direct.doubt()
            self._seat.clock.spawn(self.relay.send_blob(bytes([PROBE])))

    def best(self) -> Link | None:
        direct = self.direct.link
        if direct is not None and direct.is_open:
            return direct
        return self.relay if self.relay.is_open and self._seat.has_relay() else None

    def ways(self) -> int:
        """How many can be used now."""
        direct = self.direct.link
        return int(direct is not None and direct.is_open) + int(self.relay.is_open and self._seat.has_relay())

    def heard_ms(self) -> int:
        """When the peer last spoke, on any path."""
        direct = self.direct.link
        heard_ms = self.relay.heard_ms
        return heard_ms if direct is None else max(heard_ms, direct.heard_ms)

    def send(self, packet: bytes) -> bool:
        """Hand a frame to the best link; False when there is none now."""
        best = self.best()
        if best is not None:
            best.send(packet)
        return best is not None

    async def send_blob(self, blob: bytes) -> None:
        best = self.best()
        if best is not None:
            await best.send_blob(blob)

    def close(self) -> None:
        self.is_closed = True
        self.relay.close()
        self.direct.close()

    def _hear_relay(self, happened: Happened) -> None:
        """Who speaks here although the channel is open does not get through there, or doubts it: then nor may I."""
        direct = self.direct.link
        since_ms = self._seat.clock.steady_ms() - DIRECT_LATE_MS
        if isinstance(happened, Arrived) and direct is not None and direct.is_open and (
            direct.heard_ms < since_ms or happened.data == bytes([PROBE])
        ):
            self.direct.doubt()
        self._hear(happened)

    def _hear(self, happened: Happened) -> None:
        """What the links tell: this takes what concerns the paths alone, and passes on the rest."""
        if isinstance(happened, Opened):
            happened = self._known(happened)
        elif isinstance(happened, Arrived) and happened.data[0] in (DIRECT, PROBE) and happened.tag == TAG_PAIR:
            if happened.data[0] == DIRECT:
                self.direct.asked()
            return
        elif isinstance(happened, Lost):
            if happened.error is not None:
                self.has_failed = True
            elif happened.is_direct and self.direct.link is None and not self._leads:
                self._seat.clock.spawn(self.send_blob(bytes([DIRECT])))
        if not self.is_closed:
            self._tell(happened)

    def _known(self, opened: Opened) -> Happened:
        """All paths lead to one and the same session."""
        peer = self.peer
        if peer is None:
            self.peer = opened.peer
        elif peer.credential_hash != opened.peer.credential_hash:
            if opened.is_direct:
                self.direct.give_up()
            else:
                self.relay.close()
            return Dropped("pair.other")
        return opened
