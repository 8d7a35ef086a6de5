"""Nested functions call themselves and each other."""

from __future__ import annotations

def main() -> None:
    def fact(n: int) -> int:
        return 1 if n < 2 else n * fact(n - 1)

    def even(n: int) -> bool:
        return True if n == 0 else odd(n - 1)

    def odd(n: int) -> bool:
        return False if n == 0 else even(n - 1)

    print(fact(10), even(10), odd(7))
    print(callable(fact))
    del_free = [fact(n) for n in range(5)]
    print(del_free)
