from __future__ import annotations

class Plain:
    pass


def f(value: object, number: int | float, plain: Plain) -> str:
    return f"{value} {number}" + str(plain)
