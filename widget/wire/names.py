"""The names people and rooms go by, cleaned of what could deceive; both services and every member hold to it."""

from __future__ import annotations

import re

from widget.wire.blank import VOID
from widget.wire.marks import without_piles

# What shows nothing and yet belongs between these two, as UAX 31 (A1, A2, B) and RFC 5892 (CONTEXTJ) have it: a joiner
# behind a virama; in Bengali and Kannada before one, behind ra; a non-joiner between letters that join (Arabic,
# Mongolian). Of emoji: the joiner of a family, the selector that makes a picture or a key of what stands before it.
# Matched up to its end, for Brython's fullmatch() counts the UTF-16 of the text and so takes none with an emoji.
JOINED = re.compile(
    r"(?:[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u0f84\u1039\u17d2\u1a60\u1b44\ua9c0]"
    r"(?:\u200c\w|\u200d[\w ]?)"
    r"|[\u09b0\u0cb0]\u200d[\u09cd\u0ccd]|[\u0620-\u08ff\u1820-\u18aa]\u200c[\u0620-\u08ff\u1820-\u18aa]"
    r"|[\u1820-\u18aa][\u180b-\u180d].?|[#*0-9]\ufe0f\u20e3"
    r"|[\xa9\xae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    r"(?:\ufe0f.?|\ufe0f?\u200d[\u203c-\u2bff\U0001f000-\U0001faff]))\Z"
)


def clean_name(text: str) -> str:
    """Single spaces, no piles of marks, and nothing that does not show, unless letters or emoji need it there.

    "" where nothing is left. A clean name stays as it is.
    """
    kept = before = held = ""
    for char in [*" ".join(text.split()), ""]:
        if char != " " and VOID.match(char) is not None:
            held += "" if held.endswith(char) else char
            continue
        if held != "" and JOINED.match(before + held + char) is not None:
            kept += held
        kept += char
        before, held = char, ""
    return " ".join(without_piles(kept).split())


def alike(name: str) -> str:
    """Equal for names that look the same, or nearly: letter case, spaces and what does not show count for nothing."""
    return "".join([char for char in name if VOID.match(char) is None]).lower()
