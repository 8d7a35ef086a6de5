from __future__ import annotations

def wait(seconds: float = 1) -> float:
    return 2


def f(n: int) -> None:
    wait(n)
    x: float = 3
    items: list[float] = [1, 2.5]
    print(x, items, n * 0.5)
