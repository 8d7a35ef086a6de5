"""What hosts and moderators decided, as far as it says who may share an epoch."""

from __future__ import annotations

from typing import Protocol

from widget.crypto.session import PeerSession

NO_BOOK = bytes(32)  # nothing is decided


class Decisions(Protocol):
    """The room keeps them; the group asks."""

    @property
    def hash(self) -> bytes:
        """Of all that counts, 32 bytes; NO_BOOK while that is nothing."""
        ...

    def holds(self, book_hash: bytes) -> bool:
        """I have all that had this hash when somebody made an epoch with it."""
        ...

    def lets_in(self, peer: PeerSession) -> bool:
        """Neither removed nor waiting for somebody who lets them in."""
        ...
