from __future__ import annotations

import re

WORD = re.compile(r"[a-z]+")


def f(text: str) -> int:
    found = WORD.search(text)
    print(WORD.subn("x", text), WORD.pattern, WORD.sub(r"\g<0>", text), WORD.sub(text, text))
    return 0 if found is None else found.start()
