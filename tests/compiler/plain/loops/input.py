from __future__ import annotations


def f(n: int, d: dict[str, int]) -> int:
    total = 0
    for i in range(n):
        total += i
    for key, value in d.items():
        if value == 0:
            continue
        total -= value
    while total > 100:
        total //= 2
    return total
