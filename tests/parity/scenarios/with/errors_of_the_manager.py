"""Errors while making, entering and leaving."""

from __future__ import annotations


class Faulty:
    def __init__(self, name: str, where: str) -> None:
        self.name: str = name
        self.where: str = where
        if where == "init":
            raise ValueError(f"{name} init")

    def __enter__(self) -> str:
        print("enter", self.name)
        if self.where == "enter":
            raise KeyError(f"{self.name} enter")
        return self.name

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        print("exit", self.name, error is None)
        if self.where == "exit":
            raise IndexError(f"{self.name} exit")


def attempt(first: str, second: str, inside: bool) -> None:
    try:
        with Faulty("a", first) as a, Faulty("b", second) as b:
            print("inside", a, b)
            if inside:
                raise TypeError("inside")
        print("done")
    except Exception as error:
        print(type(error).__name__, error)


def returned() -> int:
    with Faulty("r", "exit"):
        return 1


def replaced() -> str:
    try:
        return str(returned())
    except IndexError as error:
        return f"not returned: {error}"


def main() -> None:
    for first in ("", "init", "enter", "exit"):
        for second in ("", "init", "enter", "exit"):
            print("--", first, second)
            attempt(first, second, False)
            attempt(first, second, True)
    print(replaced())
