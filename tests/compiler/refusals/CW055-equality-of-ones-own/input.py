from __future__ import annotations


class Plain:
    pass


class Mark:
    def __init__(self, size: int) -> None:
        self.size: int = size

    def __eq__(self, other: object) -> bool:
        return not isinstance(other, Mark) or other.size == self.size


def main() -> None:
    mark = Mark(1)
    anything: object = mark
    print(mark == 1, "a" == mark, anything == mark, Plain() == mark)
    print(mark in [1], 1 in [mark], [mark] == [1], (1, mark) == (mark, 1))
