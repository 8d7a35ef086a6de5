"""Adding, dropping, membership."""

from __future__ import annotations


def main() -> None:
    s = {3, 1}
    s.add(2)
    s.add(2)
    s.discard(9)
    s.remove(1)
    print(len(s), sorted(s), 2 in s, 1 in s, 1 not in s, len(set()), len({1, 1, 1}))
    try:
        s.remove(7)
    except KeyError as error:
        print("KeyError", error)
    s.clear()
    print(len(s))
