"""Methods of the class."""

from __future__ import annotations


class Money:
    def __init__(self, cents: int) -> None:
        self.cents: int = cents

    @classmethod
    def of(cls, euros: int, cents: int = 0) -> Money:
        return cls(euros * 100 + cents)

    @staticmethod
    def parse(text: str) -> Money:
        whole, _, part = text.partition(".")
        return Money.of(int(whole), int(part) if part != "" else 0)

    def __str__(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02d}"


def main() -> None:
    print(Money.of(3), Money.of(1, 5), Money.parse("12.34"), Money.parse("7"), Money(5).of(2))
