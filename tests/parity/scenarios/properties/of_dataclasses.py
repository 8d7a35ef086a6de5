"""Properties on a dataclass are no fields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Cart:
    prices: list[int]

    @property
    def total(self) -> int:
        return sum(self.prices)

    @property
    def is_empty(self) -> bool:
        return len(self.prices) == 0


def main() -> None:
    cart = Cart([1, 2])
    cart.prices.append(7)
    print(cart, cart.total, cart.is_empty, Cart([]).is_empty, cart == Cart([1, 2, 7]))
