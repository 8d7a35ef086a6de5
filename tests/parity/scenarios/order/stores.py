"""The right side is evaluated before the place on the left is looked at."""

from __future__ import annotations

class Holder:
    def __init__(self) -> None:
        self.table: dict[str, int] = {}
        self.items: list[int] = [0, 0]
        self.child: Holder | None = None
        self.key: str = "a"

    def renew(self, value: int) -> int:
        self.table = {"new": 1}
        self.key = "b"
        return value

    async def later(self, value: int) -> int:
        self.items = [9, 9, 9]
        return value


log: list[str] = []


def note(name: str, value: int) -> int:
    log.append(name)
    return value


def place(h: Holder) -> Holder:
    log.append("place")
    return h


async def main() -> None:
    h = Holder()
    h.table[h.key] = h.renew(5)
    print(h.table)
    h.items[0] = await h.later(7)
    print(h.items)
    place(h).key = str(note("value", 1))
    place(h).items[note("index", 0)] = note("right", 4)
    print(log, h.items)
    h.items[note("i", 1)] += note("j", 2)
    h.child = Holder()
    h.child.table["x"] = h.renew(2)
    print(log, h.items, h.child.table)
