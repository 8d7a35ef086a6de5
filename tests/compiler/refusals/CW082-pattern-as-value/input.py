from __future__ import annotations

import re

WORD = re.compile(r"[a-z]+")
SAME = WORD


def g(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.match(text) is not None


def f(text: str) -> bool:
    return g(WORD, text)
