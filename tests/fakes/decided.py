"""What hosts and moderators decided, as a test has it."""

from __future__ import annotations

from widget.crypto.decisions import NO_BOOK
from widget.crypto.session import PeerSession


class Decided:
    """Nothing, until a test names subs that are out."""

    def __init__(self) -> None:
        self.hash = NO_BOOK
        self.held = {NO_BOOK}
        self.out: set[str] = set()

    def holds(self, book_hash: bytes) -> bool:
        return book_hash in self.held

    def lets_in(self, peer: PeerSession) -> bool:
        return peer.sub not in self.out
