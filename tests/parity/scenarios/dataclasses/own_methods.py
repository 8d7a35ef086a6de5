"""A dataclass may bring its own __str__ and methods."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Price:
    cents: int
    currency: str = "EUR"

    def __str__(self) -> str:
        return f"{self.cents / 100:.2f} {self.currency}"

    def plus(self, other: Price) -> Price:
        if other.currency != self.currency:
            raise ValueError(f"{other.currency} is not {self.currency}")
        return Price(self.cents + other.cents, self.currency)


def main() -> None:
    print(Price(150), [Price(5)], f"{Price(99)!r} {Price(99)}", Price(1).plus(Price(2)))
    try:
        Price(1).plus(Price(1, "USD"))
    except ValueError as error:
        print(error)
