"""Dividing by zero raises."""

from __future__ import annotations

def attempt(a: int, b: int) -> str:
    try:
        return str(a // b)
    except ZeroDivisionError:
        return "floor"


def main() -> None:
    print(attempt(4, 2), attempt(1, 0))
    zero = 0
    for kind in ["/", "%", "f/", "divmod"]:
        try:
            if kind == "/":
                print(1 / zero)
            elif kind == "%":
                print(1 % zero)
            elif kind == "f/":
                print(1.5 / float(zero))
            else:
                print(divmod(1, zero))
        except ArithmeticError as error:
            print(kind, isinstance(error, ZeroDivisionError))
