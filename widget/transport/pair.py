"""One peer session and the paths to it: the relay at once, the direct channel as soon as it is verified."""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.session import PeerSession
from widget.transport.direct import Direct
from widget.transport.happened import Arrived, Dropped, Happened, Lost, Opened
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
        self.direct: Direct = Direct(seat, sid, self._hear_direct)

    @property
    def is_settled(self) -> bool:
        """The first try is over, well or badly."""
        return self.peer is not None or self.has_failed

    def start(self) -> None:
        """Both at once: waiting with WebRTC until the relay's handshake is done was measured to be slower."""
        if self._seat.has_relay():
            self.relay.start()
        self.direct.start()

    def best(self) -> Link | None:
        direct = self.direct.link
        if direct is not None and direct.is_open:
            return direct
        return self.relay if self.relay.is_open and self._seat.has_relay() else None

    def send(self, packet: bytes, all_ways: bool) -> bool:
        """Hand a frame to the best link; False when there is none now.

        `all_ways` is for a frame that was not confirmed: no link is trusted to be the good one.
        """
        best = self.best()
        if best is not None:
            best.send(packet)
        if all_ways and self.relay.is_open and best is not self.relay:
            self.relay.send(packet)
        return best is not None

    async def send_blob(self, blob: bytes) -> None:
        best = self.best()
        if best is not None:
            await best.send_blob(blob)

    def returned(self) -> None:
        """We are back at the service: an open relay link goes on, one that was not open begins anew."""
        if self._seat.has_relay() and not self.relay.is_open:
            self.relay.greet()
        self.direct.start()
        self.direct.restart_ice()

    def close(self) -> None:
        self.is_closed = True
        self.relay.close()
        self.direct.close()

    # What the links tell.

    def _hear_relay(self, happened: Happened) -> None:
        self._hear(self.relay, happened)

    def _hear_direct(self, happened: Happened) -> None:
        link = self.direct.link
        if link is not None:
            self._hear(link, happened)
        elif not self.is_closed:
            self._tell(happened)
            if isinstance(happened, Lost) and not self._leads:
                self._seat.clock.spawn(self.send_blob(bytes([DIRECT])))

    def _hear(self, link: Link, happened: Happened) -> None:
        """Takes what concerns the paths alone, and passes on the rest."""
        if isinstance(happened, Opened):
            self._opened(link, happened)
        elif isinstance(happened, Arrived) and happened.tag == TAG_PAIR and happened.data[:1] == bytes([DIRECT]):
            self.direct.asked()
        elif not isinstance(happened, Arrived) or happened.data[:1] != bytes([PROBE]):
            if isinstance(happened, Lost) and happened.error is not None:
                self.has_failed = True
            self._tell(happened)

    def _opened(self, link: Link, opened: Opened) -> None:
        if self.peer is None:
            self.peer = opened.peer
        elif self.peer.credential_hash != opened.peer.credential_hash:
            link.close()
            self._tell(Dropped("pair.other"))
            return
        self._tell(opened)
