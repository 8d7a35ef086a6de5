from __future__ import annotations

import re

BLANK = re.compile(r"[\s\x0e-\x1b\u200b-\u200f!]")
WORD = re.compile(r"[a-z]+")
KEY = re.compile(r"(\w+)=(\d)?", re.ASCII)
LINK = re.compile(r"https?://", re.ASCII | re.IGNORECASE)
CHOICE = re.compile(r"ab|cd")


def is_word(text: str) -> bool:
    return WORD.fullmatch(text) is not None


def key(text: str) -> str:
    found = KEY.match(text)
    if found is None or found[2] is None:
        return LINK.sub("$", text)
    return found[1] + found[2] + "".join(CHOICE.findall(text))


def other(text: str) -> list[str]:
    if CHOICE.search(text) is None:
        return CHOICE.split(text)
    return [LINK.sub(lambda found: found[0].lower(), text)]


def blank(text: str) -> bool:
    return BLANK.search(text) is not None
