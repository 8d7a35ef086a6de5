"""A member of the room as I know it: what the service says, what it proved, and the paths to it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.core.limits import NEWS_WAITING
from widget.core.receipts import Receipts
from widget.crypto.session import PeerSession
from widget.model import LinkKind
from widget.transport.happened import Dropped, Happened
from widget.transport.pair import Pair
from widget.transport.seat import Seat
from widget.transport.waiting import Lane
from widget.wire.socket import Member


class Neighbour:
    """`member` is the service's word for it. What happens on its paths is acted on in order, one after the other."""

    def __init__(
        self,
        seat: Seat,
        member: Member,
        act: Callable[[Neighbour, Happened], Coroutine[Any, Any, None]],
        count_drop: Callable[[str], None],
    ) -> None:
        clock = seat.clock
        self._act: Callable[[Neighbour, Happened], Coroutine[Any, Any, None]] = act
        self._count_drop: Callable[[str], None] = count_drop
        self._news: Lane = Lane(clock, NEWS_WAITING)
        self.sid: str = member.sid
        self.member: Member = member
        self.is_listed: bool = True
        self.pair: Pair = Pair(seat, member.sid, self._hear)
        self.receipts: Receipts = Receipts(clock, self.pair.send_blob)

    @property
    def peer(self) -> PeerSession | None:
        """Who it proved to be."""
        return self.pair.peer

    @property
    def link(self) -> LinkKind:
        """The best way to it, in the words of the public API."""
        best = self.pair.best()
        if best is not None:
            if not best.is_direct:
                return "relayed"
            return "turn" if self.pair.direct.is_turn else "direct"
        if self.peer is not None or not self.is_listed:
            return "lost"
        return "unreachable" if self.pair.has_failed else "connecting"

    def close(self) -> None:
        self._news.clear()
        self.pair.close()

    def _hear(self, happened: Happened) -> None:
        if isinstance(happened, Dropped):
            self._count_drop(happened.reason)
        elif not self._news.add(lambda: self._act(self, happened)):
            self._count_drop("packet.flood")
