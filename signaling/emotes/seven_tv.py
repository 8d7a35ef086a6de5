"""The shapes of 7TV's v3 answers, read leniently: whatever is not as expected leaves out one emote, never a set.

Shapes and flags: https://github.com/SevenTV/SevenTV (apps/api, v3), and what changed since. Since August 2026 a channel
names its set (`emote_set_id`) and no longer holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from signaling.emotes.emote import SEVEN_TV_ID, SEVEN_TV_SIZES, SIDE_PX, Emote

LIVE = 3  # of `lifecycle`
ENTRY_ZERO_WIDTH = 1
EMOTE_ZERO_WIDTH = 256  # clients of 7TV differ in which of the two they read
SEXUAL = 65_536
PERSONAL_SET = 4
NAME_CHARS = 100
JOINER = "\u200d"  # inside emoji, which names may be
AUTHOR_CHARS = 40
MOST_PX = 512  # wide or high at 1x; above that it is no picture of a line
_HEX_ID = re.compile(r"[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class EmoteSet:
    """A set of 7TV's. `id` is "" where it has none that could be asked for."""

    id: str
    emotes: tuple[Emote, ...]
    is_personal: bool = False


@dataclass(frozen=True)
class Channel:
    """What a Twitch channel says of its set: its id, "" without one, and the set itself where the answer holds it."""

    set_id: str
    inside: EmoteSet | None


def read_set(data: object, most: int, unlisted: bool) -> EmoteSet | None:
    """At most `most` emotes, of equal names the first. None when `data` is no set at all."""
    if not isinstance(data, dict) or not isinstance(entries := data.get("emotes", []), list):
        return None
    found: dict[str, Emote] = {}
    for emote in _emotes(entries, unlisted):
        if len(found) == most:
            break
        found.setdefault(emote.name, emote)
    return EmoteSet(_text(data, "id"), tuple(found.values()), _flags(data) & PERSONAL_SET != 0)


def read_channel(data: object, most: int, unlisted: bool) -> Channel | None:
    """None when `data` is no channel."""
    if not isinstance(data, dict) or not ("emote_set" in data or "emote_set_id" in data):
        return None
    held = data.get("emote_set")
    if held is not None and not isinstance(held, dict):
        return None
    inside = read_set(held, most, unlisted) if isinstance(held, dict) else None
    set_id = _text(data, "emote_set_id") or (inside.id if inside is not None else "")
    return Channel(set_id, inside if inside is not None and len(inside.emotes) > 0 else None)


def set_id_of(text: str) -> str:
    """A set's id as 7TV is asked for it, "" when it is none: a ULID, or one of the two older forms."""
    if SEVEN_TV_ID.fullmatch(text.upper()):
        return text.upper()
    return text.lower() if _HEX_ID.fullmatch(text.lower()) else ""


def _emotes(entries: list[object], unlisted: bool) -> Iterator[Emote]:
    for entry in entries:
        emote = _emote(entry, unlisted)
        if emote is not None:
            yield emote


def _emote(entry: object, unlisted: bool) -> Emote | None:
    if not isinstance(entry, dict) or not isinstance(data := entry.get("data"), dict):
        return None
    name, emote_id, files = _text(entry, "name"), _id(data), _files(data)
    if not _is_name(name) or emote_id == "" or len(files) == 0 or not _is_shown(data, unlisted):
        return None
    width, height = _size(files)
    animated = data.get("animated") is True
    zero_width = _flags(entry) & ENTRY_ZERO_WIDTH != 0 or _flags(data) & EMOTE_ZERO_WIDTH != 0
    return Emote(emote_id, name, width, height, animated, zero_width, _author(data), _sizes(files))


def _is_shown(data: dict[str, Any], unlisted: bool) -> bool:
    """Unlisted ones are not through 7TV's review and may show anything."""
    if data.get("lifecycle", LIVE) != LIVE or _flags(data) & SEXUAL != 0:
        return False
    return unlisted or data.get("listed") is not False


def _is_name(name: str) -> bool:
    """One word, as it is typed between spaces."""
    return 0 < len(name) <= NAME_CHARS and name.split() == [name] and name.replace(JOINER, "").isprintable()


def _id(data: dict[str, Any]) -> str:
    """Of the pictures. An entry's own id may be another, of an emote that was merged into this one."""
    host = data.get("host")
    address = _text(host, "url") if isinstance(host, dict) else ""
    names = (_text(data, "id"), address.rstrip("/").rpartition("/")[2])
    return next((name for name in names if SEVEN_TV_ID.fullmatch(name)), "")


def _files(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """By name; none while 7TV still works on the picture."""
    host = data.get("host")
    files = host.get("files") if isinstance(host, dict) else None
    return {_text(file, "name"): file for file in files if isinstance(file, dict)} if isinstance(files, list) else {}


def _size(files: dict[str, dict[str, Any]]) -> tuple[int, int]:
    """Of the 1x picture, or worked out from a larger one: old emotes are not 32 px high."""
    for multiple in SEVEN_TV_SIZES:
        for form in ("webp", "avif", "png", "gif"):
            file = files.get(f"{multiple}x.{form}", {})
            width, height = _number(file, "width") // multiple, _number(file, "height") // multiple
            if 0 < width <= MOST_PX and 0 < height <= MOST_PX:
                return width, height
    return SIDE_PX, SIDE_PX


def _sizes(files: dict[str, dict[str, Any]]) -> tuple[int, ...]:
    found = tuple(multiple for multiple in SEVEN_TV_SIZES if f"{multiple}x.webp" in files)
    return found if len(found) > 0 else SEVEN_TV_SIZES


def _author(data: dict[str, Any]) -> str:
    owner = data.get("owner")
    if not isinstance(owner, dict):
        return ""
    name = _text(owner, "display_name") or _text(owner, "username")
    return "".join(char for char in name if char.isprintable()).strip()[:AUTHOR_CHARS]


def _flags(data: dict[str, Any]) -> int:
    return _number(data, "flags")


def _number(data: dict[str, Any], key: str) -> int:
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""
