from __future__ import annotations

def g(a: int, b: int = 2) -> int:
    return a + b


def f() -> None:
    g()
    g(1, 2, 3)
    g(1, c=2)
    g(1, a=2)
