"""Without __eq__ objects are equal to themselves only."""

from __future__ import annotations


class Thing:
    pass


def main() -> None:
    a, b = Thing(), Thing()
    c = a
    print(a == a, a == b, a is c, a != b, a in [b], a in [b, a], [b, a].index(a), {a: 1, b: 2}[a])
