from __future__ import annotations

class Plain:
    pass


def f(value: object, number: int | float, plain: Plain) -> str:
    print([number], {"width": [1.5, 2]})
    return f"{value} {number}" + str(plain) + format(plain, "")
