"""Whose session is over for me: it went, said goodbye, lied, was removed, or nobody vouches for it any more."""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.group import Group
from widget.crypto.session import PeerSession
from widget.ports import Clock
from widget.room.epochs import Epochs
from widget.room.neighbour import Neighbour
from widget.room.neighbours import Neighbours
from widget.room.readers import Readers
from widget.room.trust_watch import TrustWatch


class Ends:
    """Tells those whom it concerns; `left` hears it last."""

    def __init__(
        self,
        clock: Clock,
        neighbours: Neighbours,
        group: Group,
        epochs: Epochs,
        readers: Readers,
        trust: TrustWatch,
        left: Callable[[], None],
    ) -> None:
        self._clock: Clock = clock
        self._neighbours: Neighbours = neighbours
        self._group: Group = group
        self._epochs: Epochs = epochs
        self._readers: Readers = readers
        self._trust: TrustWatch = trust
        self._left: Callable[[], None] = left

    def went(self, neighbour: Neighbour) -> None:
        """The service does not list the member any more, and no path is left."""
        self._gone(neighbour, False)

    def for_good(self, peer: PeerSession) -> None:
        """The session said goodbye, lied, or its credential does not hold any more."""
        self._readers.left(peer)
        neighbour = self._neighbours.known.get(peer.sid)
        if neighbour is None:
            self._drop(peer.sid, True)
        else:
            self._gone(neighbour, True)

    def shut(self, neighbour: Neighbour, peer: PeerSession) -> None:
        """Who was removed is not spoken with, whoever lists them."""
        self._readers.left(peer)
        neighbour.close()

    def look(self) -> None:
        if self._trust.is_due():
            self._clock.spawn(self._renew_trust(None))

    def doubt(self, stranger: Neighbour) -> None:
        """It comes with a key that I do not know: the published ones may be others by now."""
        if self._trust.doubts():
            self._clock.spawn(self._renew_trust(stranger))

    async def _renew_trust(self, stranger: Neighbour | None) -> None:
        out = await self._trust.renew()
        if out is None:
            return
        for peer in out:
            self.for_good(peer)
        if stranger is not None:
            stranger.pair.start()
        for peer in await self._trust.hear_ended():
            self.for_good(peer)

    def _gone(self, neighbour: Neighbour, is_for_good: bool) -> None:
        self._neighbours.end(neighbour)
        self._drop(neighbour.sid, is_for_good)

    def _drop(self, sid: str, is_for_good: bool) -> None:
        """Also whom no link of ours ever verified: an epoch may name whom only others have met."""
        self._group.gone(sid, self._clock.now_ms(), is_for_good)
        self._clock.spawn(self._epochs.drop(sid))
        self._left()
