from __future__ import annotations

import re
from re import compile

FLAG = re.ASCII
WORD = re.compile("[a-z]" + "+")
WORD2 = re.compile(r"[a-z]", re.DEBUG)
MANY = [re.compile("a")]


def f(text: str) -> bool:
    letter = re.compile("[a-z]")
    return re.fullmatch("[a-z]", text) is not None and letter is not None
