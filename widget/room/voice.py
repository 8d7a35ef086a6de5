"""What one session of mine says, and to whom."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.limits import UNREACHED_MS
from widget.crypto.group import Group
from widget.crypto.session import PeerSession
from widget.ports import Clock
from widget.room.book import Book
from widget.room.limits import EVENTS_IN_EPOCH, FRAME_EVENTS
from widget.room.neighbour import Neighbour
from widget.room.replica import Replica


class Voice:
    """Silent until everybody who is here can read it, and while somebody would who may not any more.

    `may_speak` is called when that may have changed with time. `neighbours` belongs to `Peers`.
    """

    def __init__(
        self,
        clock: Clock,
        me: PeerSession,
        group: Group,
        book: Book,
        replica: Replica,
        neighbours: dict[str, Neighbour],
        may_speak: Callable[[], None],
    ) -> None:
        self._clock: Clock = clock
        self._me: PeerSession = me
        self._group: Group = group
        self._book: Book = book
        self._replica: Replica = replica
        self._neighbours: dict[str, Neighbour] = neighbours
        self._may_speak: Callable[[], None] = may_speak
        self._unreached_ms: int = -1
        self.is_closed: bool = False
        self.is_guest: bool = me.via == "guest"

    @property
    def is_waiting(self) -> bool:
        """Somebody has to let me in."""
        return self._book.now.standing(self._me) == "waiting"

    def is_ready(self) -> bool:
        """There is an epoch, and everybody here can read it; a member whom it does not reach is waited for briefly.

        An epoch of my own is none to speak in while others are on the way, and one can be full.
        """
        group = self._group
        if not group.ready() or (len(self.readers()) == 0 and self._awaits_somebody()):
            return False
        if not group.is_lawful():  # nor may I, before somebody lets me in
            return False
        if group.wrote(0) > EVENTS_IN_EPOCH - FRAME_EVENTS:
            return False
        if len(group.unreached()) == 0:
            self._unreached_ms = -1
            return True
        now_ms = self._clock.steady_ms()
        if self._unreached_ms < 0:
            self._unreached_ms = now_ms
            self._clock.after(UNREACHED_MS, self._may_speak)
        return now_ms - self._unreached_ms >= UNREACHED_MS

    async def say(self, kind: int, bodies: list[bytes]) -> None:
        await self._replica.say(kind, bodies)

    def readers(self) -> list[str]:
        """The sids that can read what is said now, without me."""
        return [sid for sid in self._group.roster if sid != self._me.sid]

    def people(self) -> dict[str, str]:
        """The sub behind each of them, without other devices of mine."""
        return {peer.sid: peer.sub for peer in self._group.readers() if peer.sub != self._me.sub}

    def holders(self, author: str, seq: int) -> list[str]:
        """The sids that hold that event, as far as they told."""
        return self._replica.sync.holders(author, seq)

    def agrees(self) -> bool:
        """Everybody here holds the same as I."""
        return self._replica.sync.agrees(list(self._neighbours))

    def _awaits_somebody(self) -> bool:
        """Who may be here is on the way."""
        peers = [neighbour.peer for neighbour in self._neighbours.values()]
        return any(peer is None or self._book.lets_in(peer) for peer in peers)
