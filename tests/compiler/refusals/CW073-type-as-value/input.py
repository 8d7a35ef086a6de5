from __future__ import annotations

from typing import Protocol

Names = list[str]


class Named(Protocol):
    name: str


def f(text: str) -> None:
    print(Names)
    Named()
    upper = text.upper
    print(callable(len), callable(upper))
    print([f for f in [sorted]])
