"""Augmented, chained and attribute targets evaluate once."""

from __future__ import annotations

class Holder:
    def __init__(self) -> None:
        self.n: int = 1
        self.items: list[int] = [1, 2, 3]
        self.table: dict[str, int] = {"a": 1}


calls: list[str] = []


def holder(h: Holder) -> Holder:
    calls.append("holder")
    return h


def key() -> str:
    calls.append("key")
    return "a"


def main() -> None:
    h = Holder()
    h.n += 2
    holder(h).n //= 2
    h.items[-1] += 10
    holder(h).items[0] *= 5
    h.table[key()] += 7
    h.table["new"] = h.n
    h.items[0], h.n = h.n, h.items[0]
    a = h.n = 9
    x, (y, z), *rest = 1, (2, 3), 4, 5
    print(h.n, h.items, h.table, calls, a, x, y, z, rest)
    for h.n in range(3):
        pass
    for k, h.table["k"] in [("p", 1), ("q", 2)]:
        print(k, h.table["k"])
    print(h.n, h.table)
    words = ["b", "a"]
    words[0], words[1] = words[1], words[0]
    print(words)
