"""A web address in a text as people write them: it opens what it shows.

A plain host, no user name before it, nothing invisible in it. Where it ends: at spaces, quotes, angle brackets and
punctuation of scripts that paths are not written in; at a closing bracket that it did not open; before the punctuation
of a sentence; and where words of a script without spaces follow a Latin letter or digit, as at Slack and Twitter. So
/wiki/\u65e5\u672c is a path and what stands behind /path\u3092 is text: browsers copy a path of both in percent signs.
"""

from __future__ import annotations

import re

from widget.wire.blank import VOID

TRAILING = ".,;:!?'\"*_~([{\uff0e"
CLOSING: dict[str, str] = {"(": ")", "[": "]", "{": "}"}
WHOLE = re.compile(
    r"[^\s<>\"`\xab\xbb\u060c\u061b\u061f\u06d4\u0964\u0965\u2018-\u201f\u2026\u2039\u203a\u3001-\u3003\u3008-\u3011\u3014-\u301f"
    r"\uff01-\uff0d\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+"
)
NEXT = re.compile(r"[,;|(\[{]\(?https?://", re.ASCII | re.IGNORECASE)
HOST = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
# A backslash and a question mark end the host for browsers too.
PATH = re.compile(r"[/\\?#]")
# What may stand behind a mere host: punctuation, or words without a space that cannot be more of it.
AFTER = re.compile(r"[.,;!'*()\[\]{}|]|[:_~]+\Z|[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ufaff][^./\\?#@:]*\Z")
LATIN = re.compile(r"[a-z0-9]", re.ASCII | re.IGNORECASE)
SPACELESS = re.compile(r"[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ufaff]")


def link_in(text: str) -> str:
    """The address that the text begins with, or ""."""
    whole = WHOLE.match(text)
    if whole is None or VOID.search(whole[0]) is not None:
        return ""
    address = NEXT.split(whole[0])[0]
    found = HOST.match(address)
    if found is None:
        return ""
    host = found[0]
    rest = address[len(host) :]
    if rest == "" or PATH.match(rest) is not None:
        return host + path_in(rest)
    return host if AFTER.match(rest) is not None else ""


def path_in(rest: str) -> str:
    """As much of what stands behind a host as belongs to it."""
    expected: list[str] = []
    kept = 0
    before = ""
    for place, char in enumerate(rest):
        closing = CLOSING.get(char, "")
        if closing != "":
            expected.append(closing)
        elif char in ")]}":
            if len(expected) == 0 or expected[-1] != char:
                break
            expected = expected[:-1]
        elif SPACELESS.match(char) is not None and LATIN.match(before) is not None:
            break
        if char not in TRAILING:
            kept = place + 1
        before = char
    return rest[0:kept]
