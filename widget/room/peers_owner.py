"""Who is told what happens among the peers."""

from __future__ import annotations

from typing import Protocol

from widget.crypto.session import PeerSession
from widget.ports import Deferred
from widget.room.entry import Entry


class PeersOwner(Protocol):
    """The stay in the room, on which the way in waits until it is `ready`."""

    ready: Deferred

    def people_changed(self) -> None:
        """Somebody came, went or is reached another way."""
        ...

    def epoch_changed(self) -> None:
        """Others may read what I send from now on."""
        ...

    def said(self, entries: list[Entry]) -> None:
        """These events count from now on, mine among them."""
        ...

    def decided(self) -> None:
        """A host or a moderator decided something."""
        ...

    def forked(self, author: PeerSession) -> None:
        """It is proved that this session told two stories."""
        ...
