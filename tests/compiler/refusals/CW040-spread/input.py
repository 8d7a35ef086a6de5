from __future__ import annotations

def f(a: int, b: int) -> int:
    return a + b


def g(items: list[int], named: dict[str, int]) -> int:
    return f(*items) + f(**named)
