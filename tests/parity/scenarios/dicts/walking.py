"""Walking over keys, values and items."""

from __future__ import annotations


def main() -> None:
    prices = {"tea": 2.5, "milk": 1.25, "bread": 3.0}
    for name in prices:
        print(name)
    for name, price in prices.items():
        print(f"{name:<6}{price:>6.2f}")
    print(sum(prices.values(), 0.0), max(prices.values()), [k for k in prices.keys() if len(k) > 3], max(prices, key=lambda k: prices[k]), list(enumerate(prices)))
    for index, (name, price) in enumerate(prices.items()):
        print(index, name, price)
