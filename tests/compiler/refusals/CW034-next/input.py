from __future__ import annotations


class Steps:
    def __init__(self) -> None:
        self.next: int = 0

    def __next__(self) -> int:
        self.next += 1
        return self.next


class Named:
    def next(self) -> str:
        return "next"


class Walker(Named):
    def __next__(self) -> int:
        raise StopIteration
