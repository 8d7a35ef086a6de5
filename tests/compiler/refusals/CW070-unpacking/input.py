from __future__ import annotations

def f(n: int) -> None:
    a, b = n
    print(a, b)
