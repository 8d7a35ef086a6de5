"""ROOM_EMOTES, which emotes of 7TV the host gives the room: u8 len set | u8 len channel, each may be empty.

The id of a set, and the number of a Twitch channel whose set it is. Where they lie is nobody's word here.
"""

from __future__ import annotations

from widget.errors import MALFORMED, CwError
from widget.room.entry import Entry
from widget.room.view import View
from widget.wire.codec import Reader, Writer, utf8
from widget.wire.emote_ids import is_channel, is_set

ROOM_EMOTES = 7
SET = "set"
CHANNEL = "channel"


class RoomEmotes:
    """The last one holds."""

    def may(self, view: View, entry: Entry) -> bool:
        return entry.author.is_host

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        reader = Reader(body)
        emote_set, channel = utf8(reader.short()), utf8(reader.short())
        reader.end()
        if not is_choice(emote_set, channel):
            raise CwError(MALFORMED, "not emotes of a room")
        view.of(ROOM_EMOTES)[SET] = emote_set
        view.of(ROOM_EMOTES)[CHANNEL] = channel


def write_room_emotes(emotes: list[str]) -> bytes:
    writer = Writer()
    for text in emotes:
        writer.short(text.encode("utf-8"))
    return writer.done()


def is_choice(emote_set: str, channel: str) -> bool:
    """Each is what it has to be, or empty."""
    return (emote_set == "" or is_set(emote_set)) and (channel == "" or is_channel(channel))


def room_emotes(view: View) -> list[str]:
    """Set and channel, or nothing where the host has said none."""
    found = view.of(ROOM_EMOTES)
    return [found[SET], found[CHANNEL]] if SET in found else []
