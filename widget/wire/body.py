"""What a frame's body may be, by kind; anything else is dropped after decryption.

    1 TEXT       strict JSON {text, emotes, emoji}     in message frames
    2 TYPING     01 typing, 00 stopped                 in presence frames
    3 ROOM_NAME  UTF-8                                 in control frames: a private room's name, by its host
    4 LEAVE      empty                                 in control frames: the author goes for good
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from widget.errors import CwError
from widget.wire.codec import MALFORMED, utf8
from widget.wire.fields import list_field, parse_object, text_field
from widget.wire.frame import MAX_BODY_BYTES, TYPE_CONTROL, TYPE_MESSAGE, TYPE_PRESENCE

KIND_TEXT = 1
KIND_TYPING = 2
KIND_ROOM_NAME = 3
KIND_LEAVE = 4

MAX_TEXT_CHARS = 4000
MAX_EMOTES = 40
MAX_ID_CHARS = 64
MAX_ROOM_NAME_CHARS = 60
ID_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-"


@dataclass(frozen=True)
class TextBody:
    """A line of chat with the ids of the 7TV emotes and the site's emoji it uses."""

    text: str
    emotes: list[str] = field(default_factory=list)
    emoji: list[str] = field(default_factory=list)


def write_text(body: TextBody) -> bytes:
    return json.dumps(
        {"text": body.text, "emotes": body.emotes, "emoji": body.emoji}, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8")


def read_text(data: bytes) -> TextBody:
    """CwError(MALFORMED) for anything outside the schema, unknown fields included."""
    fields = parse_object(utf8(data), MAX_BODY_BYTES)
    if len(fields) != 3:
        raise CwError(MALFORMED, "a text has three fields")
    text = text_field(fields, "text", MAX_TEXT_CHARS)
    if text == "":
        raise CwError(MALFORMED, "a text is empty")
    return TextBody(text, _ids(fields, "emotes"), _ids(fields, "emoji"))


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


def _ids(fields: dict[str, Any], name: str) -> list[str]:
    ids: list[str] = []
    for item in list_field(fields, name, MAX_EMOTES):
        if not isinstance(item, str) or not is_id(item):
            raise CwError(MALFORMED, f"field {name} holds no id")
        ids.append(item)
    return ids


def is_id(text: str) -> bool:
    """1 to 64 of the characters emote and emoji ids are made of."""
    if text == "" or len(text) > MAX_ID_CHARS:
        return False
    return all(character in ID_CHARACTERS for character in text)
