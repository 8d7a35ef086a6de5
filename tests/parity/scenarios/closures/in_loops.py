"""Closures made in a loop see its last value, unless it is handed in."""

from __future__ import annotations

from collections.abc import Callable


def keep(n: int) -> Callable[[], int]:
    return lambda: n


def main() -> None:
    late: list[Callable[[], int]] = []
    early: list[Callable[[], int]] = []
    for n in range(3):
        late.append(lambda: n)
        early.append(keep(n))
    print([f() for f in late], [f() for f in early])
    i = 0
    whiles: list[Callable[[], int]] = []
    while i < 2:
        whiles.append(lambda: i * 10)
        i += 1
    print([f() for f in whiles])
