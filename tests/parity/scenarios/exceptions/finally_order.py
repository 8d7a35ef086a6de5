"""finally runs on return, break, continue and errors."""

from __future__ import annotations

def f(n: int) -> str:
    for i in range(3):
        try:
            if n == 0:
                return "return"
            if n == 1:
                break
            if n == 2 and i == 0:
                continue
            if n == 3:
                raise ValueError(str(i))
        except ValueError as error:
            print("handled", error)
        finally:
            print("finally", i)
    return "end"


def g() -> int:
    x = 1
    try:
        return x
    finally:
        x = 2
        print("x", x)


def h() -> int:
    try:
        raise ValueError("lost")
    finally:
        return 5


def main() -> None:
    for n in range(4):
        print(f(n))
    print(g(), h())
