"""Every kind of event by its number."""

from __future__ import annotations

from typing import Protocol

from widget.room.entry import Entry
from widget.room.kinds.decision import DECISION, DecisionKind
from widget.room.kinds.leave import LEAVE, Leave
from widget.room.kinds.room_emotes import ROOM_EMOTES, RoomEmotes
from widget.room.kinds.room_name import ROOM_NAME, RoomName
from widget.room.kinds.text import TEXT, Text
from widget.room.kinds.vouch import VOUCH, Vouch
from widget.room.view import View


class Kind(Protocol):
    """What events of one kind do to the view."""

    def may(self, view: View, entry: Entry) -> bool:
        """Its author is allowed to, as the room stands where the event has its place."""
        ...

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        """Change the view; CwError, and nothing changed, for a body outside the schema."""
        ...


def kinds() -> dict[int, Kind]:
    """Numbers are for ever: what has no entry is kept, handed on and not shown."""
    return {
        TEXT: Text(),
        ROOM_NAME: RoomName(),
        LEAVE: Leave(),
        DECISION: DecisionKind(),
        VOUCH: Vouch(),
        ROOM_EMOTES: RoomEmotes(),
    }
