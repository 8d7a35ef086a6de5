"""What built-in operations raise."""

from __future__ import annotations

from collections.abc import Callable


def failing(n: int) -> object:
    items: list[int] = [1]
    table = {"a": 1}
    if n == 0:
        return items[5]
    if n == 1:
        return table["zz"]
    if n == 2:
        return int("x")
    if n == 3:
        return 1 // (n - 3)
    if n == 4:
        return "abc"[7]
    if n == 5:
        return [].pop() if len(items) > 1 else items.pop(9)
    if n == 6:
        return 1 / (n - 6)
    if n == 7:
        return 5 % (n - 7)
    if n == 8:
        return items.index(99)
    if n == 9:
        return "a".index("b")
    if n == 10:
        return max(items[:0])
    if n == 11:
        return bytes.fromhex("x")
    if n == 12:
        return b"\xff".decode()
    if n == 13:
        return float("one")
    if n == 14:
        return "a".split("")
    return chr(-1) if n == 99 else None


def main() -> None:
    for n in range(16):
        try:
            failing(n)
            print(n, "fine")
        except Exception as error:
            print(n, type(error).__name__, isinstance(error, LookupError), isinstance(error, ValueError), isinstance(error, ArithmeticError))
