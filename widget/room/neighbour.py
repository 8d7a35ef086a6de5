"""A member of the room as I know it: what the service says, what it proved, and the paths to it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.core.limits import NEWS_WAITING, SILENT_MS, UNANSWERED_MS
from widget.crypto.session import PeerSession
from widget.model import LinkKind
from widget.ports import Clock
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
        count_drop: Callable[[Dropped], None],
    ) -> None:
        clock = seat.clock
        self._clock: Clock = clock
        self._doubt: Callable[[], None] = seat.signaling.doubt
        self._act: Callable[[Neighbour, Happened], Coroutine[Any, Any, None]] = act
        self._count_drop: Callable[[Dropped], None] = count_drop
        self._news: Lane = Lane(clock, NEWS_WAITING)
        self.sid: str = member.sid
        self.member: Member = member
        self.is_listed: bool = True
        self.pair: Pair = Pair(seat, member.sid, self._hear)
        self._sent_ms: int = -1  # something was sent then, and nothing was heard since

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

    def send(self, packet: bytes) -> bool:
        """False when there is no way to it now."""
        now_ms = self._clock.steady_ms()
        if self._sent_ms < 0 or self.pair.heard_ms() > self._sent_ms:
            self._sent_ms = now_ms
            self._clock.after(UNANSWERED_MS, self._ask)
        return self.pair.send(packet)

    def is_silent(self) -> bool:
        """It should have spoken by now: everybody tells their STATE every few seconds."""
        since_ms = self._sent_ms
        return 0 <= since_ms <= self._clock.steady_ms() - SILENT_MS and self.pair.heard_ms() <= since_ms

    def _ask(self) -> None:
        """What took the answer may have taken the way to the service."""
        if self.pair.heard_ms() <= self._sent_ms:
            self._doubt()

    def close(self) -> None:
        self._news.clear()
        self.pair.close()

    def _hear(self, happened: Happened) -> None:
        if isinstance(happened, Dropped):
            self._count_drop(happened)
        elif not self._news.add(lambda: self._act(self, happened)):
            self._count_drop(Dropped("packet.flood"))
