"""What is entered is left: after the end, after return, break and continue."""

from __future__ import annotations


class Gate:
    def __init__(self, name: str) -> None:
        self.name: str = name

    def __enter__(self) -> Gate:
        print("enter", self.name)
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        print("leave", self.name)


def returned(name: str) -> str:
    with Gate(name) as gate:
        return gate.name + "!"


def looped(limit: int) -> int:
    total = 0
    for index in range(5):
        with Gate(f"turn {index}"):
            if index == 1:
                continue
            if index == limit:
                break
            total += index
    return total


def nothing() -> None:
    with Gate("empty"):
        pass


def early(flag: bool) -> None:
    with Gate("early"):
        if flag:
            return
        print("late")
    print("after")


def main() -> None:
    print(returned("a"))
    print(looped(3), looped(9))
    nothing()
    early(True)
    early(False)
