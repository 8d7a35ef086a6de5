"""What shows nothing: a text of nothing else is as good as none."""

from __future__ import annotations

import re

# White space, controls, Default_Ignorable_Code_Point (Unicode's DerivedCoreProperties.txt), and the Braille blank.
VOID = re.compile(
    r"[\s\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff]+"
)


def is_blank(text: str) -> bool:
    """Is there nothing to be seen?"""
    return text == "" or VOID.fullmatch(text) is not None
