"""TEXT, a line of chat: lp(text) | n u8 x (u8 len id) | n u8 x (u8 len id) | again, 16 bytes or nothing

The ids are those of the 7TV emotes and of the site's emoji that it uses. `again` names the event of a session that is
over whose text this says once more: the screen shows whichever of the two comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from widget.errors import MALFORMED, CwError
from widget.room.entry import Entry
from widget.room.view import View
from widget.wire.codec import Reader, Writer, utf8

TEXT = 1
MAX_TEXT_CHARS = 4000
MAX_EMOTES = 40
ID = re.compile(r"[\w-]{1,64}", re.ASCII)


@dataclass(frozen=True)
class TextBody:
    text: str
    emotes: list[str] = field(default_factory=list)
    emoji: list[str] = field(default_factory=list)
    again: str = ""


def write_text(body: TextBody) -> bytes:
    writer = Writer().long(body.text.encode("utf-8"))
    for ids in (body.emotes, body.emoji):
        writer.u8(len(ids))
        for item in ids:
            writer.short(item.encode("utf-8"))
    return writer.hex(body.again, len(body.again) // 2).done()


def read_text(data: bytes) -> TextBody:
    """CwError(MALFORMED) for anything outside the schema."""
    reader = Reader(data)
    text, emotes, emoji = utf8(reader.long()), _read_ids(reader), _read_ids(reader)
    again = reader.rest().hex()
    if text == "" or len(text) > MAX_TEXT_CHARS or len(again) not in (0, 32):
        raise CwError(MALFORMED, "not a text")
    return TextBody(text, emotes, emoji, again)


def _read_ids(reader: Reader) -> list[str]:
    count = reader.u8()
    ids = [utf8(reader.short()) for _ in range(count)]
    if count > MAX_EMOTES or not all(is_id(item) for item in ids):
        raise CwError(MALFORMED, "not the ids of emotes")
    return ids


def is_id(text: str) -> bool:
    """1 to 64 of the characters emote and emoji ids are made of."""
    return ID.fullmatch(text) is not None


class Text:
    """Adds a line."""

    def may(self, view: View, entry: Entry) -> bool:
        return not view.has_left(entry)

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        if entry.shown is not None:
            view.repeat(entry, entry.shown)
            return
        text = read_text(body)
        view.say(entry, text.text, text.emotes, text.emoji, text.again)
