from __future__ import annotations

import re

WORD = re.compile(r"[a-z]+(;)?")


def f(text: str) -> str:
    found = WORD.match(text)
    if found is None:
        return ""
    end = found[1]
    print(int(found[1]))
    return end
