"""Tuples compare, unpack and print."""

from __future__ import annotations

def pair() -> tuple[int, str]:
    return 1, "a"


def main() -> None:
    t = (1, "a", 2.5)
    print(t, t[0], t[-1], len(t), t == (1, "a", 2.5), t[1:], (), (1,), ((1, 2), [3]))
    a, b = pair()
    print(a, b, pair()[1], pair() < (1, "b"), (1, 2) < (1, 2, 0), (2,) > (1, 9), max([(1, "z"), (2, "a")]))
    x, y = 1, 2
    x, y = y, x
    print(x, y)
    (p, q), r = (1, 2), 3
    print(p, q, r)
    first, *rest = [1, 2, 3]
    *init, last = [1, 2, 3]
    head, *middle, tail = (1, 2, 3, 4)
    print(first, rest, init, last, head, middle, tail)
    for index, (name, size) in enumerate([("a", 1), ("b", 2)], start=1):
        print(index, name, size)
    many: tuple[int, ...] = (1, 2, 3)
    print(many, many + (4,), sum(many), (0,) * 3, 2 in many, many.index(3), many.count(1))
