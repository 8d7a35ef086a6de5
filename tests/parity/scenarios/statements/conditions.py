"""Conditional expressions, and, or, not."""

from __future__ import annotations

calls: list[int] = []


def check(n: int, answer: bool) -> bool:
    calls.append(n)
    return answer


def main() -> None:
    print(check(1, False) and check(2, True), check(3, True) or check(4, False), not check(5, True), calls)
    for n in [-1, 0, 1]:
        print("neg" if n < 0 else "zero" if n == 0 else "pos", n > 0 and n < 5 or n == -1, not (n > 0 or n < 0))
    a, b = True, False
    print(a & b, a | b, a ^ b, a == b, a is True, bool(0), bool(5), bool(""), bool("x"), int(a) + int(b))
