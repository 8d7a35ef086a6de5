from __future__ import annotations

def f(n: int) -> int:
    return f(True) + f(n > 1)
