from __future__ import annotations

def f(a: str, b: int) -> bool:
    return a is "x" or b is 5
