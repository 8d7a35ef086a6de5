"""An event as I hold it."""

from __future__ import annotations

from widget.crypto.session import PeerSession
from widget.model import ChatMessage
from widget.wire.event import Event


class Entry:
    """Verified: `author` signed `event`, and a body that is here is the one that was signed.

    `place` sorts the entries of a room as everybody sees them: by (clock, author). One author's clocks only rise.
    """

    def __init__(self, event: Event, event_id: str, author: PeerSession, since_ms: int, is_odd: bool) -> None:
        self.event: Event = event
        self.id: str = event_id
        self.author: PeerSession = author
        self.since_ms: int = since_ms  # held since then, on the steady clock
        self.epoch_n: int = -1  # the number of its epoch, or of the last that its author is known to have spoken in
        self.is_odd: bool = is_odd  # its author's time was far from mine when it came
        self.line: str = ""  # the line that showed this text of mine before it was an event
        self.again: str = ""  # the event whose text it says once more
        self.shown: ChatMessage | None = None  # what a fold made of it, but how far it got
        self.is_late: bool = False  # it landed above lines that had been read
        self.place: str = place(event.clock, event.author)


def place(clock: int, after: str) -> str:
    """Sorts by clock, then by `after`."""
    return f"{clock:012x}{after}"
