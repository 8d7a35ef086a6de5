from __future__ import annotations

class Counter:
    count = 0


def f(t: tuple[int, int], s: str, items: list[int]) -> None:
    t[0] = 1
    s[0] = "x"
    items[::2] = [1]
    t[0] += 1
    s[0] += "x"
    Counter.count += 1
    raise
