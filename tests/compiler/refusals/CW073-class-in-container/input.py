from __future__ import annotations

from collections.abc import Callable, Sequence


class P:
    def __init__(self, x: int) -> None:
        self.x: int = x


def make(makers: Sequence[Callable[[int], P]]) -> None:
    for maker in makers:
        print(maker(1) is maker, maker is P)


def main() -> None:
    kinds = [P, P]
    make(kinds)
