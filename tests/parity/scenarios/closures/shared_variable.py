"""Two functions share a variable."""

from __future__ import annotations

from collections.abc import Callable


def account(balance: int) -> tuple[Callable[[int], None], Callable[[], int]]:
    def pay(amount: int) -> None:
        nonlocal balance
        balance -= amount

    def read() -> int:
        return balance

    return pay, read


def main() -> None:
    pay, read = account(100)
    pay(30)
    print(read())
    balance = 5
    pay(balance)
    print(read(), balance)
