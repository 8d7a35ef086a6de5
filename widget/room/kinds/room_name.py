"""ROOM_NAME, what the host calls a private room: UTF-8, 1 to 60 characters."""

from __future__ import annotations

from widget.errors import MALFORMED, CwError
from widget.room.entry import Entry
from widget.room.view import View
from widget.wire.codec import utf8
from widget.wire.names import clean_name

ROOM_NAME = 3
MAX_NAME_CHARS = 60
NAME = "name"


class RoomName:
    """The last one holds."""

    def may(self, view: View, entry: Entry) -> bool:
        return view.is_private and entry.author.is_host

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        name = utf8(body)
        if name == "" or len(name) > MAX_NAME_CHARS:
            raise CwError(MALFORMED, "not a name")
        view.of(ROOM_NAME)[NAME] = clean_name(name)


def room_name(view: View) -> str:
    """"" where the host has said none."""
    return view.of(ROOM_NAME).get(NAME, "")
