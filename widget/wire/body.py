"""What a frame's body may be, by kind; anything else is dropped after decryption.

    1 TEXT       lp(text) | n u8 x (u8 len id) | n u8 x (u8 len id)      in message frames: emotes, then emoji
    2 TYPING     01 typing, 00 stopped                                   in presence frames
    3 ROOM_NAME  UTF-8                                                   in control frames: a private room's name
    4 LEAVE      empty                                                   in control frames: the author goes for good
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer, utf8
from widget.wire.frame import TYPE_CONTROL, TYPE_MESSAGE, TYPE_PRESENCE

KIND_TEXT = 1
KIND_TYPING = 2
KIND_ROOM_NAME = 3
KIND_LEAVE = 4

MAX_TEXT_CHARS = 4000
MAX_EMOTES = 40
MAX_ROOM_NAME_CHARS = 60
ID = re.compile(r"[\w-]{1,64}", re.ASCII)


@dataclass(frozen=True)
class TextBody:
    """A line of chat with the ids of the 7TV emotes and the site's emoji it uses."""

    text: str
    emotes: list[str] = field(default_factory=list)
    emoji: list[str] = field(default_factory=list)


def write_text(body: TextBody) -> bytes:
    writer = Writer().long(body.text.encode("utf-8"))
    for ids in (body.emotes, body.emoji):
        writer.u8(len(ids))
        for item in ids:
            writer.short(item.encode("utf-8"))
    return writer.done()


def read_text(data: bytes) -> TextBody:
    """CwError(MALFORMED) for anything outside the schema."""
    reader = Reader(data)
    text = utf8(reader.long())
    body = TextBody(text, _read_ids(reader), _read_ids(reader))
    reader.end()
    _check(text != "" and len(text) <= MAX_TEXT_CHARS)
    return body


def check_body(frame_type: int, kind: int, body: bytes) -> None:
    """CwError(MALFORMED) unless this kind belongs into this type of frame and the body into its schema."""
    if kind == KIND_TEXT and frame_type == TYPE_MESSAGE:
        read_text(body)
    elif kind == KIND_TYPING and frame_type == TYPE_PRESENCE:
        _check(len(body) == 1 and body[0] < 2)
    elif kind == KIND_ROOM_NAME and frame_type == TYPE_CONTROL:
        name = utf8(body)
        _check(name != "" and len(name) <= MAX_ROOM_NAME_CHARS)
    elif kind == KIND_LEAVE and frame_type == TYPE_CONTROL:
        _check(len(body) == 0)
    else:
        raise CwError(MALFORMED, "unknown kind of body")


def _check(good: bool) -> None:
    if not good:
        raise CwError(MALFORMED, "body does not fit its kind")


def _read_ids(reader: Reader) -> list[str]:
    count = reader.u8()
    _check(count <= MAX_EMOTES)
    ids = [utf8(reader.short()) for _ in range(count)]
    _check(all(is_id(item) for item in ids))
    return ids


def is_id(text: str) -> bool:
    """1 to 64 of the characters emote and emoji ids are made of."""
    return ID.fullmatch(text) is not None
