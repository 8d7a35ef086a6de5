from __future__ import annotations


def f(flag: bool, number: int) -> int:
    return abs(flag) + abs(number)
