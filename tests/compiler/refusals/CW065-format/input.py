from __future__ import annotations

def f(x: float, s: str, n: int) -> str:
    return f"{x:d} {s:05d} {x:e} {n:#x} {x:5}"
