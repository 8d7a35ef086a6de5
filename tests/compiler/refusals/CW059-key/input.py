from __future__ import annotations

def f() -> None:
    a: dict[bytes, int] = {}
    b = {(1, 2): 3}
    c: set[float] = set()
    print(len(a), len(b), len(c))
