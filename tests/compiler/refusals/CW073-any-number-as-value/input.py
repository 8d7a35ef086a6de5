from __future__ import annotations


def f(*args: int) -> int:
    return len(args)


def g(items: list[int]) -> list[int]:
    return list(map(f, items))
