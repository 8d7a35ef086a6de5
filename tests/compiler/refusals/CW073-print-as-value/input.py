from __future__ import annotations

from collections.abc import Callable


def give(show: Callable[[float], object], name: Callable[[float], str]) -> None:
    show(1.0)
    print(name(1.0))


def main() -> None:
    text = str
    give(print, text)
    print(list(map(bool, [[1], []])))
