from __future__ import annotations


def f(x: float, s: str, n: int, flag: bool, width: int) -> None:
    print(f"{x:d}")
    print(f"{s:+}")
    print(f"{n:.2d}", f"{n:_}")
    print(f"{n:n}")
    print(f"{x:z.1f}")
    print(f"{flag:5}")
    print(f"{[n]:{width}}")
    print(format(n, ",x"))
