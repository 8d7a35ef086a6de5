"""TEXT, a line of chat: lp(text) | n u8 x (u8 len id) | n u8 x (u8 len id) | again, 16 bytes or nothing

The ids are those of the 7TV emotes and of the site's emoji that it uses. `again` names the event of a session that is
over whose text this says once more: the screen shows whichever of the two comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from widget.errors import MALFORMED, CwError
from widget.room.entry import Entry
from widget.room.kinds.leave import has_left
from widget.room.view import View
from widget.wire.blank import is_blank
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
    if is_blank(text) or len(text) > MAX_TEXT_CHARS or len(again) not in (0, 32):
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
    """Adds a line, unless it says what another line of that person says. Remembers what was said again, and by whom."""

    def may(self, view: View, entry: Entry) -> bool:
        return not has_left(view, entry) and not view.book.now.hides(entry)

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        line = entry.shown
        if line is None:
            text = read_text(body)
            line = view.line(entry, text.text, text.emotes, text.emoji)
            entry.again = text.again
            entry.shown = line
        if not _is_said(view, entry):
            view.show(line)


def _is_said(view: View, entry: Entry) -> bool:
    """By a line before it."""
    said = view.of(TEXT)
    sub = entry.author.sub
    again = entry.again
    if len(said) > 0 and (sub + entry.id in said or sub + again in said):
        return True
    if again == "":
        return False
    shown = view.find(again)
    if shown is not None and shown.sender_id == sub:
        return True
    said[sub + again] = ""
    return False
