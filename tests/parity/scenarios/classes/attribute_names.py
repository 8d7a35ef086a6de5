"""Attributes may have any name, and class constants may be hidden by instances."""

from __future__ import annotations

class Odd:
    length: int = 5
    name: str = "class"
    kind: str = "base"

    def __init__(self, size: int) -> None:
        self.size: int = size
        self.label: str = self.kind

    def get(self) -> int:
        return self.size

    def set(self, value: int) -> None:
        self.size = value


class Even(Odd):
    kind: str = "even"

    def rename(self, name: str) -> None:
        self.name = name


def main() -> None:
    odd = Odd(1)
    even = Even(2)
    print(odd.length, odd.name, odd.label, even.label, even.name)
    even.rename("mine")
    even.set(7)
    print(even.name, Even(0).name, Even.name, even.get(), Odd.kind, Even.kind)
