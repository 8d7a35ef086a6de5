"""Marks on letters: as many as languages need, not so many that they climb over the lines of others."""

from __future__ import annotations

import re

# Those that stand above or below one another, of Latin, Greek and Cyrillic letters, of all, of Thai and Lao: four are
# enough for IPA and Vietnamese.
TALL = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u1ab0-\u1aff"
    r"\u1dc0-\u1dff\u20d0-\u20ff\u2de0-\u2dff\ua66f-\ua67d\ufe20-\ufe2f]{5,}"
)
# Marks of all scripts, of those to come too: no letter, no digit, no space, and not where punctuation and pictures
# are. Eight are enough for Hebrew with its accents, Arabic, Burmese and Tibetan. What shows nothing is among them,
# for it keeps no two marks apart.
PILE = re.compile(
    r"[^\w\s!-\u02ff\u055a-\u058f\u05f3\u05f4\u0606-\u060f\u061b\u061d-\u061f\u06d4\u0964\u0965\u0f01-\u0f17\u104a-\u104f"
    r"\u1360-\u139f\u17d4-\u17db\u1fbd-\u200b\u200e-\u20cf\u2100-\u2bff\u2e00-\u3029\u3030-\u3098\u309b-\ua4ff\uac00-\ufb1d"
    r"\ufb1f-\ufdff\ufe10-\ufe1f\ufe30-\uffff\U0001f000-\U0001ffff\U00020000-\U000dffff\U000f0000-\U0010ffff]{9,}"
)


def without_piles(text: str) -> str:
    """At most four marks on a letter, or eight in scripts that need more; the rest is left out."""
    # Asked first: hardly any text has a pile, and Brython's sub() fails on emoji.
    if TALL.search(text) is not None:
        text = TALL.sub(lambda found: found[0][0:4], text)
    return text if PILE.search(text) is None else PILE.sub(lambda found: found[0][0:8], text)


def is_mark(char: str) -> bool:
    """Would nine of it be a pile?"""
    return PILE.search(char * 9) is not None
