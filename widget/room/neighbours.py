"""Who may be in the room, by the service's word or because they speak: a `Neighbour` for each session."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.ports import Clock
from widget.room.neighbour import Neighbour
from widget.transport.happened import Dropped, Happened
from widget.transport.limits import HANDSHAKE_MS
from widget.transport.seat import Seat
from widget.wire.socket import MAX_MEMBERS, Member, Signal

REASONS_KEPT: int = 128


class Neighbours:
    """`known` by session id. What happens on their paths goes to `act`; `left` hears when one is forgotten."""

    def __init__(
        self,
        seat: Seat,
        uses_relay: bool,
        act: Callable[[Neighbour, Happened], Coroutine[Any, Any, None]],
        left: Callable[[], None],
    ) -> None:
        self._clock: Clock = seat.clock
        self._seat: Seat = seat
        self._uses_relay: bool = uses_relay
        self._act: Callable[[Neighbour, Happened], Coroutine[Any, Any, None]] = act
        self._left: Callable[[], None] = left
        self.known: dict[str, Neighbour] = {}
        self.drops: dict[str, int] = {}

    def add(self, member: Member) -> Neighbour | None:
        """Whom the service lists, new or not; None when there are too many."""
        neighbour = self.known.get(member.sid)
        if neighbour is not None:
            neighbour.member = member
            neighbour.is_listed = True
            return neighbour
        if len(self.known) >= MAX_MEMBERS or member.sid == self._seat.sid:
            return None
        neighbour = Neighbour(self._seat, member, self._act, self.count_drop)
        self.known[member.sid] = neighbour
        neighbour.pair.start()
        return neighbour

    def signalled(self, signal: Signal) -> None:
        """An offer, answer or candidate."""
        neighbour = self._reached(signal.sid)
        if neighbour is not None:
            neighbour.pair.direct.signalled(signal.kind, signal.data)

    def relayed(self, sid: str, packet: bytes) -> None:
        """A packet that came through the service."""
        neighbour = self._reached(sid)
        if neighbour is None:
            return
        if self._uses_relay:
            neighbour.pair.relay.receive(packet)
        else:
            self.count_drop(Dropped("relay.unwanted"))

    def look(self) -> None:
        """Who should have spoken by now, and who could be reached a better way."""
        for neighbour in list(self.known.values()):
            neighbour.pair.direct.look()
            if neighbour.is_silent():
                self._seat.signaling.doubt()
                neighbour.pair.direct.doubt()

    def doubt(self) -> None:
        """The network is away, says the page: no direct way is believed until it speaks again."""
        for neighbour in self.known.values():
            neighbour.pair.direct.doubt()

    def are_settled(self) -> bool:
        """The first handshakes are over, well or badly."""
        return all(neighbour.pair.is_settled for neighbour in self.known.values())

    def has_way(self, sid: str) -> bool:
        neighbour = self.known.get(sid)
        return neighbour is not None and neighbour.pair.best() is not None

    def send(self, sid: str, packet: bytes) -> bool:
        """False when there is no way to `sid` now."""
        neighbour = self.known.get(sid)
        return neighbour is not None and neighbour.send(packet)

    async def send_blob(self, sid: str, blob: bytes) -> None:
        neighbour = self.known.get(sid)
        if neighbour is not None:
            await neighbour.pair.send_blob(blob)

    def end(self, neighbour: Neighbour) -> None:
        """Its session may be here nevertheless, reached through others."""
        if self.known.get(neighbour.sid) is neighbour:
            del self.known[neighbour.sid]
        neighbour.close()

    def close(self) -> None:
        for neighbour in self.known.values():
            neighbour.close()

    def count_drop(self, dropped: Dropped) -> None:
        why = dropped.reason
        if why in self.drops or len(self.drops) < REASONS_KEPT:
            self.drops[why] = self.drops.get(why, 0) + 1

    def _reached(self, sid: str) -> Neighbour | None:
        """A peer's first packet may overtake the news of its arrival; who it is, it has to prove anyway."""
        neighbour = self.known.get(sid)
        if neighbour is not None:
            return neighbour
        early = self.add(Member(sid, "", "", self._clock.now_ms()))
        if early is None:
            self.count_drop(Dropped("peer.unknown"))
            return None
        early.is_listed = False
        self._clock.after(HANDSHAKE_MS, lambda: self._forget(early))
        return early

    def _forget(self, neighbour: Neighbour) -> None:
        """The service never said who that was, and it proved nothing."""
        if not neighbour.is_listed and neighbour.peer is None and not neighbour.pair.is_closed:
            self.end(neighbour)
            self._left()
