"""Calls of self inside."""

from __future__ import annotations


class Shop:
    def __init__(self) -> None:
        self.prices: dict[str, int] = {"a": 3, "b": 5}
        self.factor: int = 2

    def price(self, name: str) -> int:
        return self.prices[name] * self.factor

    def all(self) -> list[int]:
        return [self.price(name) for name in self.prices if self.price(name) > 0]

    def lazy(self) -> int:
        return sum(self.price(name) for name in self.prices)


def main() -> None:
    shop = Shop()
    print(shop.all(), shop.lazy(), max(shop.price(n) for n in shop.prices))
