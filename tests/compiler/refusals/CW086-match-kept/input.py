from __future__ import annotations

import re
from dataclasses import dataclass

WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Found:
    match: re.Match[str]


def f(text: str) -> list[re.Match[str] | None]:
    return [WORD.match(text)]


def h(text: str) -> bool:
    return WORD.match(text) == WORD.search(text)


def g(text: str) -> object:
    return WORD.match(text)
