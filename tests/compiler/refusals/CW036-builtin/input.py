from __future__ import annotations

def f(x: object) -> None:
    print(eval("1"))
    print(getattr(x, "name"))
    print(hash(x) == id(x))
    print(type(1))
