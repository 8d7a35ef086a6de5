from __future__ import annotations


class Counted:
    FIRST = 1
    SECOND = FIRST + 1
    made = 0

    def __init__(self) -> None:
        Counted.made += 1

    def size(self) -> int:
        return 1


def main(items: list[Counted]) -> None:
    numbers = range(10)[2:5]
    print(numbers, dict[str, int](), sorted(items, key=Counted.size))
