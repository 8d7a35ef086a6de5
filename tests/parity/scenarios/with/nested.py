"""Several items are nested: the last entered is left first, and each is made after the one before is entered."""

from __future__ import annotations


class Step:
    def __init__(self, name: str) -> None:
        print("make", name)
        self.name: str = name

    def __enter__(self) -> str:
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        print("leave", self.name)


def made(name: str) -> Step:
    print("ask for", name)
    return Step(name)


def three() -> None:
    with made("a") as a, made(a + "b") as b, made(b + "c"):
        print("inside", a, b)
    print("outside", a, b)


def parenthesised() -> None:
    with (
        made("p") as p,
        made("q"),
    ):
        print(p)


def inside() -> str:
    with made("outer") as outer:
        with made("inner") as inner:
            return outer + inner


def same_name() -> None:
    with made("x") as x:
        with made(x + "y") as x:
            print(x)
        print(x)


def main() -> None:
    three()
    parenthesised()
    print(inside())
    same_name()
