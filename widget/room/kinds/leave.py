"""LEAVE, the author's last word: no body. Whatever it may say afterwards does not count."""

from __future__ import annotations

from widget.errors import MALFORMED, CwError
from widget.room.entry import Entry
from widget.room.view import View

LEAVE = 4


class Leave:
    """Its session is over for everybody."""

    def may(self, view: View, entry: Entry) -> bool:
        return True

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        if len(body) > 0:
            raise CwError(MALFORMED, "a goodbye with a body")
        view.of(LEAVE)[entry.event.author] = ""


def has_left(view: View, entry: Entry) -> bool:
    """The author's session has said goodbye before."""
    return entry.event.author in view.of(LEAVE)
