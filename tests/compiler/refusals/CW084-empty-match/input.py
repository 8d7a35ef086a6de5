from __future__ import annotations

import re

LETTERS = re.compile(r"[a-z]*")


def f(text: str) -> list[str]:
    return LETTERS.findall(text)
