"""A manager around `yield` is left when the generator ends or fails."""

from __future__ import annotations

from collections.abc import Iterator


class Open:
    def __init__(self, name: str) -> None:
        self.name: str = name

    def __enter__(self) -> str:
        print("open", self.name)
        return self.name

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        print("close", self.name)


def lines(count: int) -> Iterator[str]:
    with Open("file") as name:
        for index in range(count):
            yield f"{name}:{index}"
    print("generator ended")


def nested() -> Iterator[str]:
    with Open("outer"):
        yield from lines(1)
        yield "between"
    with Open("second"):
        yield "last"


def failing() -> Iterator[int]:
    with Open("failing"):
        yield 1
        raise ValueError("in the generator")


def main() -> None:
    for line in lines(2):
        print(line)
    print(list(nested()))
    try:
        for number in failing():
            print(number)
    except ValueError as error:
        print(error)
    for line in lines(3):
        print(line)
        break
    print("after break")
