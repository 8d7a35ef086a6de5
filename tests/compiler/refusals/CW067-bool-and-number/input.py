from __future__ import annotations

def f(a: bool, n: int) -> bool:
    print(a + n)
    return a == n
