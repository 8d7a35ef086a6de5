"""Names, items and attributes as targets."""

from __future__ import annotations


class Box:
    def __init__(self) -> None:
        self.a: int = 0
        self.items: list[int] = [0, 0]


def main() -> None:
    box = Box()
    box.a, box.items[1] = 5, 6
    x, (y, z) = 1, (2, 3)
    (p, q), r = ("p", "q"), "r"
    print(box.a, box.items, x, y, z, p, q, r)
    [one, two] = [1, 2]
    first = second = [one, two]
    first.append(3)
    print(second)
