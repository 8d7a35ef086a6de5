"""The number of items must fit."""

from __future__ import annotations

def first_two(items: list[int]) -> str:
    try:
        a, b = items
        return f"{a} {b}"
    except ValueError:
        return "ValueError"


def ends(items: list[int]) -> str:
    try:
        a, *_, b = items
        return f"{a} {b}"
    except ValueError:
        return "ValueError"


def main() -> None:
    for n in range(4):
        print(first_two(list(range(n))), ends(list(range(n))))
    a, b = "xy"
    c, d = {1: "p", 2: "q"}
    (e, f), [g, h] = (1, 2), [3, 4]
    print(a, b, c, d, e, f, g, h)
    for x, (y, *z) in [(1, [2, 3, 4]), (5, [6])]:
        print(x, y, z)
