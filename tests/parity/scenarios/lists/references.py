"""Two names, one list; copies are others."""

from __future__ import annotations


def main() -> None:
    a = [1, 2]
    b = a
    c = a.copy()
    d = a[:]
    e = list(a)
    b.append(3)
    print(a, b, c, d, e, a is b, a is c, a == b, a == c)
    rows = [[0] * 2] * 2
    rows[0][0] = 5
    print(rows, [[0] * 2 for _ in range(2)])
