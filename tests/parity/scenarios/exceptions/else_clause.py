"""The else clause is not guarded by its own handlers."""

from __future__ import annotations

def f(n: int) -> str:
    try:
        if n == 0:
            raise ValueError("body")
    except ValueError as error:
        return f"handler {error}"
    else:
        if n == 1:
            raise ValueError("else")
        return "else"


def main() -> None:
    for n in range(3):
        try:
            print(f(n))
        except ValueError as error:
            print("outside", error)
    for n in range(3):
        try:
            result = 10 // n
        except ZeroDivisionError:
            print("zero")
        else:
            print(result)
        finally:
            print("done", n)
