from __future__ import annotations

def f(a: int, b: str, value: object, c: list[int], d: tuple[int, ...]) -> None:
    print(a + b)
    print("%d" % a)
    print(value < 3)
    print(c == d)
