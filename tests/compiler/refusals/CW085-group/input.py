from __future__ import annotations

import re

PAIR = re.compile(r"(a)(?P<second>b)?")
OTHER = re.compile(r"(?P<second>a)|(b)")


def g(found: re.Match[str]) -> str:
    return found[1]


def f(text: str, which: int) -> str:
    found = PAIR.match(text)
    if found is None:
        return PAIR.findall(text)[0] + PAIR.split(text)[0]
    print(found.groups(), found[3], found["third"], found[which], found.group(1, 2))
    found = OTHER.match(text)
    return ""


def h(text: str, flag: bool) -> bool:
    found = PAIR.match(text) if flag else OTHER.match(text)
    return found is not None and found["second"] is None
