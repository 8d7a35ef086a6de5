"""A name behind an @: the longest that somebody here has, in whatever case people write it."""

from __future__ import annotations

import re

from widget.wire.marks import is_mark

# A name ends where a word does. Chinese, Japanese, Korean, Thai, Lao, Tibetan, Burmese and Khmer words follow one
# another, or their particles follow a name, without a space.
WORDY = re.compile(
    r"(?![\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    r"\U0001b000-\U0001b2ff\U00020000-\U0003ffff])[\w@-]"
)
LONGEST = 100


def mention_in(text: str, names: list[str]) -> str:
    """The "@name" that the text begins with, as it is written there, or ""."""
    best = ""
    head = text[0:LONGEST]
    for name in names:
        size = 1 + len(name)
        tag = head[0:size]
        is_meant = size > max(1, len(best)) and tag.lower() == f"@{name.lower()}"
        if is_meant and is_end(tag[-1:], head[size : size + 1]):
            best = tag
    return best


def is_end(last: str, following: str) -> bool:
    """May a name end between these two?"""
    if following == "":
        return True
    in_word = WORDY.match(last) is not None or is_mark(last)
    return not is_mark(following) and not (in_word and WORDY.match(following) is not None)
