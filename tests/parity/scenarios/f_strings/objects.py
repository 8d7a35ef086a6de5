"""Objects show themselves by __str__, and by __repr__ with !r."""

from __future__ import annotations


class Money:
    def __init__(self, cents: int) -> None:
        self.cents: int = cents

    def __str__(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02d}"

    def __repr__(self) -> str:
        return f"Money({self.cents})"


def main() -> None:
    price = Money(1205)
    print(f"{price} {price!r} {[price]} {str(price)} {repr(price)}", price, {"p": price})
