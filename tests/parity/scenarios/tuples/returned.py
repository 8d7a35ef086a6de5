"""Functions that return several values."""

from __future__ import annotations


def divide(a: int, b: int) -> tuple[int, int]:
    return a // b, a % b


def ends(items: list[str]) -> tuple[str | None, str | None]:
    return (items[0], items[-1]) if len(items) > 0 else (None, None)


def main() -> None:
    quotient, rest = divide(17, 5)
    print(quotient, rest, divide(9, 3), ends(["a", "b", "c"]), ends([]))
    first, _ = ends(["z"])
    print(first, [divide(n, 3) for n in range(4)])
