from __future__ import annotations


def f(a: int, b: int) -> int:
    return a + b


def g(items: list[int], named: dict[str, int]) -> int:
    return f(*items) + f(**named)


def h(first: int, *rest: int) -> int:
    return first + len(rest)


def k(items: list[int], rows: list[list[int]]) -> None:
    print(h(*items), max(*items), list(zip(*rows)), {1}.union(*rows))
