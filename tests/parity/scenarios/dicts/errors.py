"""Missing keys raise KeyError."""

from __future__ import annotations

def main() -> None:
    d = {"a": 1}
    numbers = {1: "x"}
    for n in range(4):
        try:
            if n == 0:
                print(d["b"])
            elif n == 1:
                del d["b"]
            elif n == 2:
                print(d.pop("b"))
            else:
                print(numbers[7])
        except KeyError as error:
            print(n, error, repr(error), error.args, isinstance(error, LookupError))
