from __future__ import annotations

def f(t: tuple[int, int], s: str, items: list[int]) -> None:
    t[0] = 1
    s[0] = "x"
    items[::2] = [1]
    raise
